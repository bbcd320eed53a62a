import type { Profile, Session, Transition } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { knownAggregates } from '../aggregate/aggregates.ts';
import type { CompiledSegment, Plan } from '../plan/plan.ts';
import type { ProfileChange, SegmentLooker } from '../plan/segment-index.ts';
import { emptyCart } from '../reduce/cart.ts';
import type { Reduced } from '../reduce/reduce.ts';
import type { PlainInput } from './inputs.ts';
import { ChangedMemberships } from './memberships.ts';
import { type Moment, newcomer, personMoment } from './moment.ts';
import { earlier } from './next-change.ts';

export interface Evaluated {
  readonly profile: Profile;
  /** What became different of the person's segments, each once. */
  readonly transitions: readonly Transition[];
}

const nothing: readonly never[] = [];

/**
 * Brings the profile's segments up to date with an event, looking only at those that it can make
 * different, and at those that time can have changed once one of them is due. All are looked at when the plan is
 * new to this profile, or the profile was merged; of a new person, those that what is known of them
 * makes different from every newcomer.
 *
 * Segments are of the person, so they look at the device that was active last. Conditions on segments
 * are evaluated at their own moment and never read this record.
 */
export function evaluate(before: Profile, reduced: Reduced, now: EpochMs, plan: Plan): Evaluated {
  const after = personMoment(reduced.profile, now);
  const isFirst = before.devices.length === 0;
  if (!isFirst && before.evaluatedPlan !== plan.version) {
    return evaluateAll(after, plan);
  }
  const looked = new Look(after, isFirst ? undefined : before.dueAt);
  let others: readonly CompiledSegment[] = nothing;
  if (isFirst) {
    for (const { id } of plan.segmentsOfNewcomers()) {
      looked.memberships.set(id, true);
    }
    others = plan.segmentIndex.personal;
  } else if (before.dueAt !== undefined && before.dueAt <= now) {
    looked.dueAt = undefined;
    others = plan.segmentIndex.timed;
  }
  const was = isFirst ? { ...newcomer, now } : personMoment(asEvaluated(before), now);
  const change = changeOf(before, reduced, was, after);
  plan.segmentIndex.lookAtConcerned(change, others, looked);
  return looked.done(plan);
}

/** Becoming known happens in the identify stage, so it is not to be seen in what was before the event. */
function asEvaluated(profile: Profile): Profile {
  return isMember(profile) === profile.evaluatedAsMember
    ? profile
    : { ...profile, userId: undefined };
}

function isMember({ userId }: Profile): boolean {
  return userId !== undefined;
}

/** Brings the segments up to date with time alone. */
export function sweepProfile(profile: Profile, plan: Plan, now: EpochMs): Evaluated {
  const moment = personMoment(profile, now);
  if (profile.evaluatedPlan !== plan.version) {
    const all = evaluateAll(moment, plan);
    return { ...all, profile: { ...all.profile, sweptAt: now } };
  }
  if (profile.dueAt === undefined || profile.dueAt > now) {
    return { profile, transitions: nothing };
  }
  const looked = new Look(moment, undefined);
  looked.lookAll(plan.segmentIndex.timed);
  const { profile: swept, transitions } = looked.done(plan);
  // Those that becoming known makes different are left to the next event.
  return {
    profile: { ...swept, evaluatedAsMember: profile.evaluatedAsMember, sweptAt: now },
    transitions,
  };
}

/** What a plan does not count any more goes, or profiles would grow with each change of a definition. */
function evaluateAll(given: Moment, plan: Plan): Evaluated {
  const aggregates = knownAggregates(given.profile.aggregates, plan.aggregates);
  const moment =
    aggregates === given.profile.aggregates
      ? given
      : { ...given, profile: { ...given.profile, aggregates } };
  const looked = new Look(moment, undefined);
  for (const { segmentId } of moment.profile.segments) {
    if (plan.segment(segmentId) === undefined) {
      looked.memberships.set(segmentId, false);
    }
  }
  looked.lookAll(plan.segments);
  return looked.done(plan);
}

/** The segments that are looked at, at one moment. */
class Look implements SegmentLooker {
  readonly memberships: ChangedMemberships;
  /** Kept as early as that of any segment that is not looked at. */
  dueAt: EpochMs | undefined;
  readonly #moment: Moment;

  constructor(moment: Moment, dueAt: EpochMs | undefined) {
    this.#moment = moment;
    this.memberships = new ChangedMemberships(moment.profile.segments, moment.now);
    this.dueAt = dueAt;
  }

  look({ id, condition }: CompiledSegment): void {
    this.memberships.set(id, condition.holds(this.#moment));
    if (condition.isTimed) {
      this.dueAt = earlier(this.dueAt, condition.nextChange(this.#moment));
    }
  }

  lookAll(segments: readonly CompiledSegment[]): void {
    for (const segment of segments) {
      this.look(segment);
    }
  }

  done(plan: Plan): Evaluated {
    const { profile } = this.#moment;
    const { memberships, transitions } = this.memberships;
    const isKnown = isMember(profile);
    const isSame =
      memberships === profile.segments &&
      isKnown === profile.evaluatedAsMember &&
      this.dueAt === profile.dueAt &&
      profile.evaluatedPlan === plan.version;
    return {
      profile: isSame
        ? profile
        : {
            ...profile,
            evaluatedPlan: plan.version,
            evaluatedAsMember: isKnown,
            dueAt: this.dueAt,
            segments: memberships,
          },
      transitions,
    };
  }
}

/** What an event changed of what conditions read. */
function changeOf(
  before: Profile,
  { profile, deviceBefore, device, changedAggregates }: Reduced,
  was: Moment,
  after: Moment,
): ProfileChange {
  const plain: PlainInput[] = [];
  const { session, cart } = device;
  const isNewcomer = before.devices.length === 0;
  const isNewSession = device.sessions !== deviceBefore?.sessions;
  if (!isNewcomer && (isNewSession || was.deviceKey !== after.deviceKey)) {
    plain.push('visit');
  }
  if (session.pages !== (deviceBefore?.session.pages ?? 0)) {
    plain.push('pages');
  }
  if (isNewcomer || !hasSameFacts(session, deviceBefore?.session)) {
    plain.push('facts');
  }
  if (cart !== (deviceBefore?.cart ?? emptyCart)) {
    plain.push('cart');
  }
  if (profile.orders !== before.orders) {
    plain.push('orders');
  }
  if (isMember(profile) !== before.evaluatedAsMember) {
    plain.push('identity');
  }
  return {
    before: was,
    after,
    plain,
    aggregates: changedAggregates,
    traits: { before: before.traits, after: profile.traits },
    affinities: { before: before.affinities, after: profile.affinities },
  };
}

/** Of what can be told after a visit's first event. */
function hasSameFacts(left: Session, right: Session | undefined): boolean {
  return (
    right !== undefined &&
    left.landingPath === right.landingPath &&
    left.landingCategory === right.landingCategory &&
    left.country === right.country &&
    left.region === right.region &&
    left.city === right.city &&
    left.timeZone === right.timeZone
  );
}
