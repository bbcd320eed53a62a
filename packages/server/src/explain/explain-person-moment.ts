import { explainMoment } from '@tenth/engine/explain/explain-moment.ts';
import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import { type PlanOfVersion, Replay } from '@tenth/engine/replay/replay.ts';
import { type DecisionTrace, decisionTrace } from '@tenth/model/decision.ts';
import type { Explanation } from '@tenth/model/explanation.ts';
import type { CampaignId, MessageId, ProfileId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { findPersonProfiles } from '../measure/queries/find-person-profiles.ts';
import type { EventLogReader } from '../measure/sql/query.ts';
import { findEverMerged } from '../replay/ever-merged.ts';
import { listRecordedEvents } from '../replay/list-recorded-events.ts';
import {
  listsOfNow,
  membersOf,
  type PlanVersions,
  type PresentLists,
} from '../replay/plan-versions.ts';
import { findLoggedTrace } from './find-logged-trace.ts';

/** Which moment of a person to explain. */
export interface MomentAsked {
  readonly profileId: ProfileId;
  /** Only this campaign, and the last event that put it up; otherwise all, and the last decision. */
  readonly campaignId: CampaignId | undefined;
  /** Nothing that was decided later. */
  readonly at: EpochMs;
  /** The very event, instead of the last one. */
  readonly messageId: MessageId | undefined;
}

export interface ExplainDeps {
  readonly log: EventLogReader;
  readonly plans: PlanVersions;
  /** In use now. */
  readonly lists: PresentLists;
}

/** A replay of all that a person ever did is not kept in memory beyond this. */
const MOST_EVENTS = 200_000;

/**
 * Rebuilds a person from the event log up to a past decision, makes it again with the plan of then, and
 * tells why each campaign was or was not shown.
 *
 * @throws {Problem} not-found: the person has no such moment.
 */
export async function explainPersonMoment(
  deps: ExplainDeps,
  asked: MomentAsked,
): Promise<Explanation> {
  const { log, plans, lists } = deps;
  const { profileIds } = await findPersonProfiles(log, asked.profileId);
  const events: RecordedEvent[] = [];
  const everMerged = await findEverMerged(log, profileIds);
  for await (const page of listRecordedEvents(log, everMerged)) {
    events.push(...page);
    if (events.length > MOST_EVENTS) {
      throw new Problem('not-found', 'The person has too many events to be run again.', 'person');
    }
  }
  const { planOf, countedAnew } = await plans.load(
    log.workspaceId,
    events.map(({ planVersion }) => planVersion),
    lists,
  );
  const target = findTarget(events, new Set(profileIds), asked, planOf);
  const replay = new Replay(planOf, countedAnew);
  for (const event of events) {
    if (event === target) {
      break;
    }
    replay.take(event);
  }
  const before = replay.find(target);
  const plan = planOf(target.planVersion);
  const definition = await plans.definitionOf(log.workspaceId, target.planVersion);
  const logged = await findLoggedTrace(log, target.seq);
  const { campaigns, trace } = explainMoment({
    before,
    recorded: target,
    plan,
    definition,
    members: membersOf(lists),
    logged,
    campaignIds: asked.campaignId === undefined ? undefined : [asked.campaignId],
  });
  return toExplanation({
    target,
    campaigns,
    trace,
    logged,
    // Undoing a merge takes both people apart and counts them anew, which is not run again.
    isWhole: replay.isWhole && everMerged.every((id) => profileIds.includes(id)),
    replaced: listsOfNow(definition, lists),
  });
}

/**
 * The last event at which somebody waited to be shown something; where a campaign is asked for, the
 * last of those that put it up, if any did. A person on whom nothing was ever decided has their last
 * event.
 */
function findTarget(
  events: readonly RecordedEvent[],
  profileIds: ReadonlySet<ProfileId>,
  { at, campaignId, messageId }: MomentAsked,
  planOf: PlanOfVersion,
): RecordedEvent {
  const possible = events.filter(
    ({ profileId, event, decideAt }) =>
      profileIds.has(profileId) &&
      (decideAt ?? event.at) <= at &&
      (messageId === undefined || event.messageId === messageId),
  );
  const putsUp = ({ event, planVersion }: RecordedEvent) =>
    planOf(planVersion)
      .campaignsFor(event)
      .some(({ id }) => id === campaignId);
  const decided = possible.filter(({ decideAt }) => decideAt !== undefined);
  const choice = decided.length > 0 ? decided : possible;
  const found = (campaignId && choice.findLast(putsUp)) ?? choice.at(-1);
  if (found === undefined) {
    throw new Problem(
      'not-found',
      messageId === undefined
        ? 'Nothing is known of this person up to that moment.'
        : 'The person has no such event up to that moment.',
      messageId === undefined ? 'at' : 'messageId',
    );
  }
  return found;
}

function toExplanation({
  target,
  campaigns,
  trace,
  logged,
  isWhole,
  replaced,
}: {
  readonly target: RecordedEvent;
  readonly campaigns: Explanation['campaigns'];
  readonly trace: DecisionTrace | undefined;
  readonly logged: DecisionTrace | undefined;
  readonly isWhole: boolean;
  readonly replaced: readonly string[];
}): Explanation {
  const { event, profileId, decideAt, planVersion } = target;
  return {
    profileId,
    messageId: event.messageId,
    event: event.type === 'track' ? event.name : event.type,
    eventAt: new Date(event.at).toISOString(),
    at: new Date(decideAt ?? event.at).toISOString(),
    isDecided: decideAt !== undefined,
    planVersion,
    isWhole,
    listsOfNow: [...replaced],
    isAsLogged: logged === undefined ? null : isSameTrace(trace, logged),
    campaigns,
  };
}

function isSameTrace(ours: DecisionTrace | undefined, logged: DecisionTrace): boolean {
  // Through the schema, which puts the fields of both in one order.
  const asLogged = ours && decisionTrace.parse(JSON.parse(JSON.stringify(ours)));
  return JSON.stringify(asLogged) === JSON.stringify(logged);
}
