import type { DecisionTrace } from '@tenth/model/decision.ts';
import type { ExplainedCampaign, ExplainedOutcome } from '@tenth/model/explanation.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { assign } from '../decide/assignment.ts';
import type { CompiledCampaign } from '../decide/compile-campaign.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { decisionIdOf } from '../hash.ts';
import type { Plan } from '../plan/plan.ts';
import { explainCaps } from './cap-places.ts';
import { type ConditionNode, toExplained } from './condition-tree.ts';
import { explainCondition } from './explain-condition.ts';
import type { ExplainScope } from './explain-scope.ts';
import { explainTrigger, isPutUp } from './explain-trigger.ts';
import { neededChanges } from './needed-changes.ts';

/** One decision, made again. */
export interface Remade {
  readonly plan: Plan;
  /** The person right after the event and before anything was decided on it. */
  readonly moment: EventMoment;
  /** The person after the decision. */
  readonly decided: Profile;
  readonly trace: DecisionTrace | undefined;
  /** The trace of then. */
  readonly logged: DecisionTrace | undefined;
}

/** Everything that a campaign looked at, whether or not it got so far. */
export function explainCampaign(
  campaign: CompiledCampaign,
  remade: Remade,
  scope: ExplainScope,
): ExplainedCampaign {
  const { plan, moment } = remade;
  const { definition } = campaign;
  const at = beforeTurnOf(campaign.id, remade);
  const outcome = outcomeOf(campaign, remade);
  const trigger = explainTrigger(campaign, moment, scope);
  const audience = explainCondition(definition.audience, 'audience', scope);
  const closed = campaign.schedule(moment.now);
  const { assignment } = assign(moment.profile, definition, moment.now);
  const keepWhile = wasUp(campaign.id, moment) ? explainKeepWhile(campaign, scope) : undefined;
  const caps = explainCaps(campaign, at.profile, moment, plan);
  const takenBy = at.taken.get(campaign.group);
  return {
    campaignId: campaign.id,
    outcome: asToldThen(outcome, campaign.id, remade),
    trigger: toExplained(trigger),
    schedule: {
      holds: closed === undefined,
      condition: closed?.condition ?? 'runs now',
      saw: closed?.saw ?? null,
    },
    audience: toExplained(audience),
    keepWhile: keepWhile === undefined ? null : toExplained(keepWhile),
    caps: [...caps],
    place: { group: campaign.group, takenBy: takenBy ?? null },
    draw: {
      arm: assignment.arm,
      holdoutShare: definition.holdoutShare,
      isDrawnBefore: moment.profile.assignments[campaign.id] !== undefined,
    },
    smallestChange:
      outcome.kind === 'shown' || outcome.kind === 'kept'
        ? null
        : neededChanges({
            campaign,
            outcome,
            moment,
            conditions: outcome.kind === 'withdrawn' ? keepWhile : undefined,
            trigger,
            audience,
            isClosed: closed !== undefined,
            caps,
            takenBy,
            arm: assignment.arm,
          }),
  };
}

function explainKeepWhile(
  { definition }: CompiledCampaign,
  scope: ExplainScope,
): ConditionNode | undefined {
  return definition.keepWhile === undefined
    ? undefined
    : explainCondition(definition.keepWhile, 'keepWhile', scope);
}

/** Whether a message of the campaign was up on this device when the event came. */
function wasUp(id: CampaignId, { profile, deviceKey }: EventMoment): boolean {
  return profile.ledger.some(
    (entry) => entry.isOpen && entry.device === deviceKey && entry.campaignId === id,
  );
}

function outcomeOf(campaign: CompiledCampaign, { trace, moment }: Remade): ExplainedOutcome {
  const found = trace?.considered.findLast(({ campaignId }) => campaignId === campaign.id);
  if (found !== undefined) {
    return found.outcome;
  }
  const reason =
    campaign.definition.status !== 'live'
      ? 'not_live'
      : isPutUp(campaign, moment)
        ? 'withheld_before'
        : 'other_event';
  return { kind: 'not_considered', reason };
}

/**
 * Withheld messages were once not rendered: whoever was withheld from then is told so, though the template
 * fails now. What had to change includes both.
 */
function asToldThen(
  outcome: ExplainedOutcome,
  id: CampaignId,
  { logged }: Remade,
): ExplainedOutcome {
  const then = logged?.considered.findLast(({ campaignId }) => campaignId === id)?.outcome;
  return outcome.kind === 'not_rendered' && then?.kind === 'withheld' ? then : outcome;
}

/**
 * The ledger and the places as they were when the campaign's turn came: what campaigns before it took is
 * in, what it and those after it took is not. One that was not considered would have come last.
 */
function beforeTurnOf(
  id: CampaignId,
  { plan, moment, decided, trace }: Remade,
): { readonly profile: Profile; readonly taken: ReadonlyMap<string, CampaignId> } {
  const considered = trace?.considered ?? [];
  const turn = considered.findIndex(
    ({ campaignId, outcome }) => campaignId === id && outcome.kind !== 'withdrawn',
  );
  const own = turn === -1 ? considered.length : turn;
  const taken = new Map<string, CampaignId>();
  for (const { campaignId, outcome } of considered.slice(0, own)) {
    const group = plan.campaigns.get(campaignId)?.group;
    if (group !== undefined && (outcome.kind === 'shown' || outcome.kind === 'kept')) {
      taken.set(group, campaignId);
    }
  }
  const later = new Set(
    considered.slice(own).map(({ campaignId }) =>
      decisionIdOf({
        profileId: moment.profile.id,
        messageId: moment.event.messageId,
        campaignId,
      }),
    ),
  );
  const ledger = decided.ledger.filter(({ decisionId }) => !later.has(decisionId));
  return { profile: { ...decided, ledger }, taken };
}
