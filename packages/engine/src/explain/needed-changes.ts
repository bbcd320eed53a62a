import type { Arm } from '@tenth/model/decision.ts';
import type {
  ExplainedCap,
  ExplainedOutcome,
  NeededChange,
  SmallestChange,
} from '@tenth/model/explanation.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import type { CompiledCampaign } from '../decide/compile-campaign.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { iso } from './cap-places.ts';
import { allOf, type ConditionNode } from './condition-tree.ts';
import { EVENT_FACT } from './explain-trigger.ts';
import { nextOpening } from './next-opening.ts';
import { describeChange, type FactChange, smallestChange } from './smallest-change.ts';

export interface Obstacles {
  readonly campaign: CompiledCampaign;
  readonly outcome: ExplainedOutcome;
  readonly moment: EventMoment;
  /** Of a message that was withdrawn: by which condition. */
  readonly conditions: ConditionNode | undefined;
  readonly trigger: ConditionNode;
  readonly audience: ConditionNode;
  readonly isClosed: boolean;
  readonly caps: readonly ExplainedCap[];
  readonly takenBy: CampaignId | undefined;
  readonly arm: Arm;
}

/**
 * All that stood in the way of a campaign, each thing with the least that would take it away: also what
 * comes after the first obstacle, since taking that one away alone would not have been enough.
 */
export function neededChanges(obstacles: Obstacles): SmallestChange {
  const changes =
    obstacles.outcome.kind === 'withdrawn' ? ofStaying(obstacles) : ofShowing(obstacles);
  return { isPossible: changes.every(isPossible), changes };
}

function ofShowing(obstacles: Obstacles): NeededChange[] {
  const { campaign, outcome, trigger, audience, caps, takenBy, arm } = obstacles;
  if (outcome.kind === 'not_considered' && outcome.reason === 'withheld_before') {
    return ofDraw(campaign, 'holdout');
  }
  return [
    ...ofStatus(campaign),
    ...ofConditions(allOf('', [trigger, audience])),
    ...ofSchedule(obstacles),
    ...caps.filter(({ isReached }) => isReached).map(ofCap),
    ...(takenBy === undefined ? [] : [ofRival(campaign, takenBy)]),
    ...ofDraw(campaign, arm),
    ...(outcome.kind === 'not_rendered'
      ? [{ kind: 'template' as const, says: `a template without this error: ${outcome.reason}` }]
      : []),
  ];
}

/** A message that was up stays as long as the visit and its condition do. */
function ofStaying({ campaign, conditions, moment }: Obstacles): NeededChange[] {
  const { profile, deviceKey, device } = moment;
  const isOfEarlierVisit = profile.ledger.some(
    (entry) =>
      entry.campaignId === campaign.id &&
      entry.isOpen &&
      entry.device === deviceKey &&
      entry.sessionId !== device.session.id,
  );
  return [
    ...ofStatus(campaign),
    ...(isOfEarlierVisit
      ? [{ kind: 'event' as const, says: 'an event before the visit ended', path: 'keepWhile' }]
      : []),
    ...(conditions === undefined ? [] : ofConditions(conditions)),
  ];
}

function ofStatus({ definition }: CompiledCampaign): NeededChange[] {
  const { status } = definition;
  return status === 'live'
    ? []
    : [{ kind: 'status', says: `the campaign live instead of ${status}`, status }];
}

function ofConditions(conditions: ConditionNode): NeededChange[] {
  const found = smallestChange(conditions);
  return found === undefined
    ? [{ kind: 'impossible', says: 'no values of what the conditions look at satisfy them all' }]
    : found.map(toNeeded);
}

function toNeeded(change: FactChange): NeededChange {
  const { fact, to, paths } = change;
  return fact.key === EVENT_FACT
    ? {
        kind: 'event',
        says: `${to.says ?? 'another event'} instead of ${String(fact.saw)}`,
        path: 'trigger',
      }
    : {
        kind: 'fact',
        says: describeChange(change),
        paths: [...paths],
        fact: fact.name,
        from: fact.saw ?? null,
        to: to.says === undefined ? (to.value ?? null) : to.says,
      };
}

function ofSchedule({ campaign, isClosed, moment }: Obstacles): NeededChange[] {
  const { schedule } = campaign.definition;
  if (!isClosed || schedule === undefined) {
    return [];
  }
  const opensAt = nextOpening(campaign.schedule, schedule, moment.now);
  const says =
    opensAt === undefined
      ? 'a schedule that has not ended'
      : `a moment within the schedule, the next one at ${iso(opensAt)}`;
  return [{ kind: 'schedule', says, opensAt: opensAt === undefined ? null : iso(opensAt) }];
}

function ofCap({ cap, count, limit, entries, freesAt }: ExplainedCap): NeededChange {
  const mustGo = count - limit + 1;
  const frees = entries.slice(0, mustGo);
  const which = frees.map(({ campaignId, at }) => `${campaignId} of ${at}`).join(', ');
  return {
    kind: 'cap',
    says:
      freesAt === null
        ? `the cap ${cap} of ${limit} has no place any more`
        : `a free place under the cap ${cap} of ${limit}: ${which} gives one back at ${freesAt}`,
    cap,
    freesAt,
    frees,
  };
}

function ofRival({ group }: CompiledCampaign, takenBy: CampaignId): NeededChange {
  return {
    kind: 'rival',
    says: `the place ${group} free instead of taken by ${takenBy}`,
    campaignId: takenBy,
    group,
  };
}

function ofDraw({ definition }: CompiledCampaign, arm: Arm): NeededChange[] {
  const { holdoutShare: share } = definition;
  return arm === 'treatment'
    ? []
    : [
        {
          kind: 'holdout',
          says: 'another draw: the person is in the holdout, and nothing they do changes that',
          share,
        },
      ];
}

/** Whether the person or time can bring a change about; a marketer can bring about any. */
function isPossible(change: NeededChange): boolean {
  switch (change.kind) {
    case 'holdout':
    case 'impossible':
    case 'status':
    case 'template':
      return false;
    case 'cap':
      return change.freesAt !== null;
    case 'schedule':
      return change.opensAt !== null;
    default:
      return true;
  }
}
