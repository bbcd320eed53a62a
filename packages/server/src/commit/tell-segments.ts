import { type Applied, applyEvent } from '@tenth/engine/apply.ts';
import { sweepProfile } from '@tenth/engine/evaluate/evaluate.ts';
import type { Plan } from '@tenth/engine/plan/plan.ts';
import { rememberMessage } from '@tenth/engine/recent-messages.ts';
import type { SiteEvent, TransitionCause } from '@tenth/model/event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import type { LoggedRun } from '@tenth/model/log-record.ts';
import type { Profile, Transition } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { factsOf } from './logged-facts.ts';
import type { Person } from './person.ts';
import { type CausedTransition, segmentEventOf } from './segment-event.ts';
import type { Work } from './work.ts';

/**
 * What a change of membership brings about may change membership again: this far, and no further. The
 * last change stands, but is not told of.
 */
const MOST_STEPS = 3;

/** Files an event that has been run: what it made of the person, and what it brought about. */
export function fileApplied(
  work: Work,
  person: Person,
  plan: Plan,
  event: SiteEvent,
  applied: Applied,
  run: Omit<LoggedRun, 'planVersion'>,
): void {
  person.profile = rememberMessage(applied.profile, event.messageId, event.receivedAt);
  work.logged.push({
    event,
    profileId: person.id,
    session: applied.session,
    isNewVisitor: applied.isNewVisitor,
    isMember: applied.isMember,
    trace: applied.trace,
    facts: factsOf(applied.profile, event, plan.settings.currency),
    run: { ...run, planVersion: plan.version },
  });
  work.loggedDecisions.push(...applied.logged);
  work.decisions.push(...applied.decisions);
}

/**
 * Tells of changes of membership: an event each, which is run and filed like those that come in, in the
 * same commit as the change itself. So each change is told of exactly once.
 *
 * @param by.decideAt What the change brings about is decided at the moment of what brought it about.
 */
export function tellSegments(
  work: Work,
  person: Person,
  plan: Plan,
  transitions: readonly CausedTransition[],
  by: {
    readonly key: string;
    readonly event: SiteEvent | undefined;
    readonly decideAt: EpochMs | undefined;
  },
  step = 1,
): void {
  const { decideAt } = by;
  for (const transition of transitions) {
    const segment = plan.segment(transition.segmentId);
    const event = segmentEventOf(person.profile, transition, segment, by);
    const applied = applyEvent(person.profile, event, plan, decideAt);
    fileApplied(work, person, plan, event, applied, {
      decideAt,
      isFirst: false,
      absorbed: undefined,
    });
    if (step < MOST_STEPS && applied.transitions.length > 0) {
      const further = applied.transitions.map((one) => ({ ...one, cause: 'event' as const }));
      tellSegments(
        work,
        person,
        plan,
        further,
        { key: event.messageId, event, decideAt },
        step + 1,
      );
    }
  }
}

/** Why an event found or left the person's segments different: not all of it need be its own doing. */
export function causesOf(
  transitions: readonly Transition[],
  before: Profile,
  absorbed: ProfileId | undefined,
  plan: Plan,
  at: EpochMs,
): readonly CausedTransition[] {
  if (absorbed !== undefined) {
    return transitions.map((one) => ({ ...one, cause: 'merge' }));
  }
  const overdue = overdueCause(before, plan, at);
  const others =
    overdue === undefined || transitions.length === 0
      ? []
      : sweepProfile(before, plan, at).transitions;
  return transitions.map((one) => {
    const isOther = others.some(
      ({ kind, segmentId }) => kind === one.kind && segmentId === one.segmentId,
    );
    return { ...one, cause: isOther ? (overdue ?? 'event') : 'event' };
  });
}

/** What will have changed the person's segments if they are brought up to date now; undefined for nothing. */
export function overdueCause(
  { devices, evaluatedPlan, dueAt }: Profile,
  plan: Plan,
  now: EpochMs,
): Exclude<TransitionCause, 'event'> | undefined {
  if (devices.length === 0) {
    return undefined;
  }
  if (evaluatedPlan === 0) {
    return 'merge';
  }
  if (dueAt !== undefined && dueAt <= now) {
    return 'time';
  }
  return evaluatedPlan === plan.version ? undefined : 'publish';
}
