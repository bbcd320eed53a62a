import type { Condition } from '@tenth/model/condition.ts';
import type { DecisionTrace } from '@tenth/model/decision.ts';
import type { ExplainedCampaign } from '@tenth/model/explanation.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { applyEvent } from '../apply.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import type { ListsOfMembers, Plan } from '../plan/plan.ts';
import { PlanScope } from '../plan/plan-scope.ts';
import { deviceKey, findDevice } from '../profile.ts';
import type { RecordedEvent } from '../replay/recorded-event.ts';
import { explainCampaign } from './explain-campaign.ts';
import type { ExplainScope } from './explain-scope.ts';

export interface MomentToExplain {
  /** The profile that the event found. */
  readonly before: Profile;
  readonly recorded: RecordedEvent;
  /** In force then, and the definition that it was compiled from. */
  readonly plan: Plan;
  readonly definition: PlanDefinition;
  readonly members: ListsOfMembers;
  /** As it was written then, if it was. */
  readonly logged: DecisionTrace | undefined;
  /** Those to explain; unless given, the ones that were considered. */
  readonly campaignIds: readonly CampaignId[] | undefined;
}

export interface ExplainedMoment {
  /** Highest priority first. */
  readonly campaigns: ExplainedCampaign[];
  /** As the decision gives it when it is made again; undefined where it put no campaign up. */
  readonly trace: DecisionTrace | undefined;
}

/**
 * Makes a decision again and tells of each campaign what stood in its way, and the smallest change that
 * would have taken it away. On an event that nobody waited on: what would have come of it. Pure.
 */
export function explainMoment(asked: MomentToExplain): ExplainedMoment {
  const { before, recorded, plan, definition, members, logged, campaignIds } = asked;
  const { event } = recorded;
  const now = recorded.decideAt ?? event.at;
  const key = deviceKey(event);
  const reduced = applyEvent(before, event, plan, undefined).profile;
  const device = findDevice(reduced, key);
  if (device === undefined) {
    throw new Error('only a bot’s event leaves a person without its device');
  }
  const moment: EventMoment = { profile: reduced, event, deviceKey: key, device, now };
  const { profile: decided, trace } = applyEvent(before, event, plan, now);
  const wanted = new Set(
    campaignIds ?? trace?.considered.map(({ campaignId }) => campaignId) ?? [],
  );
  const scope = scopeOf(definition, members, moment);
  return {
    campaigns: [...plan.campaigns.values()]
      .filter(({ id }) => wanted.has(id))
      .map((campaign) =>
        explainCampaign(campaign, { plan, moment, decided, trace, logged }, scope),
      ),
    trace,
  };
}

function scopeOf(
  definition: PlanDefinition,
  members: ListsOfMembers,
  moment: EventMoment,
): ExplainScope {
  const segments = new Map<string, Condition>(
    definition.segments.map(({ id, condition }) => [id, condition]),
  );
  const planScope = new PlanScope(definition, members);
  return {
    moment,
    conditions: planScope.scopeFor({ prefix: '', hasEvent: true }),
    segment(id) {
      const condition = segments.get(id);
      if (condition === undefined) {
        throw new Error(`a plan that was published names a segment ${id} that it has not`);
      }
      return condition;
    },
  };
}
