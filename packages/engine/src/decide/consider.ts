import type { CampaignOutcome } from '@tenth/model/decision.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import type { Failure } from '../evaluate/compile-condition.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import type { Plan } from '../plan/plan.ts';
import { campaignCapReached, personCapReached } from './caps.ts';
import type { CompiledCampaign } from './compile-campaign.ts';

/**
 * The first thing that keeps a campaign from this person at this moment: schedule, trigger,
 * audience, caps, or a rival that already has the place. Undefined means they qualify.
 */
export function firstObstacle(
  campaign: CompiledCampaign,
  moment: EventMoment,
  plan: Plan,
  taken: ReadonlyMap<string, CampaignId>,
): CampaignOutcome | undefined {
  const { definition } = campaign;
  if (!campaign.trigger.fires(moment)) {
    return failed('trigger', campaign.trigger.explain(moment));
  }
  const filters = campaign.triggerFilters;
  if (filters !== undefined && !filters.passes(moment.event)) {
    return {
      kind: 'failed',
      stage: 'trigger',
      path: 'triggerFilters',
      condition: filters.text,
      saw: false,
    };
  }
  const closed = campaign.schedule(moment.now);
  if (closed !== undefined) {
    return failed('schedule', closed);
  }
  const failure = campaign.audience.explain(moment);
  if (failure !== undefined) {
    return failed('audience', failure);
  }
  const when = { sessionId: moment.device.session.id, now: moment.now };
  const reached =
    campaignCapReached(moment.profile, campaign.id, definition.caps, when) ??
    (definition.countsTowardsPersonCaps
      ? personCapReached(moment.profile, plan.capLimits, when)
      : undefined);
  if (reached !== undefined) {
    return { kind: 'capped', ...reached };
  }
  const rival = taken.get(campaign.group);
  return rival === undefined
    ? undefined
    : { kind: 'crowded_out', by: rival, group: campaign.group };
}

function failed(
  stage: 'trigger' | 'schedule' | 'audience',
  { path, condition, saw }: Failure,
): CampaignOutcome {
  return { kind: 'failed', stage, path, condition, saw };
}
