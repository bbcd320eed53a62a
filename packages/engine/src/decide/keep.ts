import type { CampaignOutcome, Decision } from '@tenth/model/decision.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { LedgerEntry, Profile } from '@tenth/model/profile.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import type { Plan } from '../plan/plan.ts';
import { cartEvents } from '../reduce/cart.ts';
import { viewOf } from '../render/view.ts';
import { renderMessage } from './render-message.ts';

interface Kept {
  readonly profile: Profile;
  readonly decisions: readonly Decision[];
  readonly outcomes: readonly { campaignId: CampaignId; outcome: CampaignOutcome }[];
  /** Campaigns whose message is up on this device. */
  readonly open: ReadonlySet<CampaignId>;
  /** Groups that those messages take. */
  readonly taken: ReadonlyMap<string, CampaignId>;
}

const noCampaigns: ReadonlySet<CampaignId> = new Set();
const noGroups: ReadonlyMap<string, CampaignId> = new Map();

/**
 * Looks again at the messages of this device that stay over pages: withdraws those whose condition
 * no longer holds, renders the others anew where the page or the cart has changed. What is withheld
 * opens and closes alike, so that both arms are counted the same way.
 */
export function keepOpen(moment: EventMoment, plan: Plan, locale: Locale): Kept {
  const { profile, deviceKey, event, now } = moment;
  if (!profile.ledger.some((entry) => entry.isOpen && entry.device === deviceKey)) {
    return { profile, decisions: [], outcomes: [], open: noCampaigns, taken: noGroups };
  }
  const decisions: Decision[] = [];
  const outcomes: { campaignId: CampaignId; outcome: CampaignOutcome }[] = [];
  const open = new Set<CampaignId>();
  const taken = new Map<string, CampaignId>();
  let ledger: readonly LedgerEntry[] = profile.ledger;
  profile.ledger.forEach((entry, index) => {
    if (!entry.isOpen || entry.device !== deviceKey) {
      return;
    }
    const { campaignId, decisionId } = entry;
    const campaign = plan.campaigns.get(campaignId);
    const isSameVisit = entry.sessionId === moment.device.session.id;
    const isRight =
      campaign?.definition.status === 'live' &&
      isSameVisit &&
      campaign.keepWhile?.holds(moment) === true;
    if (!isRight) {
      ledger = ledger.with(index, { ...entry, isOpen: false });
      if (entry.arm === 'treatment') {
        decisions.push({ action: 'withdraw', decisionId, campaignId, messageId: event.messageId });
        outcomes.push({ campaignId, outcome: { kind: 'withdrawn', decisionId } });
      }
      return;
    }
    open.add(campaignId);
    if (entry.arm === 'holdout') {
      return;
    }
    taken.set(campaign.group, campaignId);
    if (event.type === 'page' || event.type === 'screen' || cartEvents.has(event.name)) {
      const view = viewOf(moment, plan.settings, locale);
      const rendered = renderMessage(campaign, entry.variantId, { view, locale, now });
      if (rendered.kind === 'not_rendered') {
        // What is up stays as it was: the person has seen it, and it was right then.
        outcomes.push({ campaignId, outcome: rendered });
        return;
      }
      const expiresAt = now + plan.settings.reservationMinutes * MINUTE_MS;
      decisions.push({
        action: 'update',
        decisionId,
        campaignId,
        variantId: entry.variantId,
        messageId: event.messageId,
        format: campaign.definition.format,
        content: rendered.content,
        expiresAt,
      });
      ledger = ledger.with(index, { ...entry, expiresAt });
    }
    outcomes.push({ campaignId, outcome: { kind: 'kept', decisionId } });
  });
  return {
    profile: ledger === profile.ledger ? profile : { ...profile, ledger },
    decisions,
    outcomes,
    open,
    taken,
  };
}
