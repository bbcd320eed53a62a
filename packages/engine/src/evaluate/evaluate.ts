import type { SiteEvent } from '@tenth/model/event.ts';
import type { Profile, Transition } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { CompiledSegment, Plan } from '../plan/plan.ts';
import type { ProfileChange, SegmentLooker } from '../plan/segment-index.ts';
import { latestDevice } from '../profile.ts';
import type { Reduced } from '../reduce/reduce.ts';
import type { PlainInput } from './inputs.ts';
import { ChangedMemberships } from './memberships.ts';
import { type Moment, personMoment } from './moment.ts';
import { earlier } from './next-change.ts';

export interface Evaluated {
  readonly profile: Profile;
  /** What became different of the person's segments, each once. */
  readonly transitions: readonly Transition[];
}

const nothing: readonly never[] = [];

/**
 * Brings the profile's segments up to date with an event, looking only at those that it can concern,
 * and at those that time can have changed once one of them is due. All are looked at when the plan is
 * new to this profile, or the profile was merged; of a new person, those that do not hold for everybody
 * of whom nothing is known.
 *
 * Segments are of the person, so they look at the device that was active last. Conditions on segments
 * are evaluated at their own moment and never read this record.
 */
export function evaluate(
  before: Profile,
  event: SiteEvent,
  reduced: Reduced,
  now: EpochMs,
  plan: Plan,
): Evaluated {
  const { profile } = reduced;
  const moment = personMoment(profile, now);
  const isFirst = before.devices.length === 0;
  if (!isFirst && profile.evaluatedPlan !== plan.version) {
    return evaluateAll(moment, plan);
  }
  const looked = new Look(moment, isFirst ? undefined : profile.dueAt);
  let others: readonly CompiledSegment[] = nothing;
  if (isFirst) {
    for (const { id } of plan.segmentsOfNobody()) {
      looked.memberships.set(id, true);
    }
    others = plan.segmentIndex.personal;
  } else if (profile.dueAt !== undefined && profile.dueAt <= now) {
    looked.dueAt = undefined;
    others = plan.segmentIndex.timed;
  }
  plan.segmentIndex.lookAtConcerned(changeOf(before, event, reduced, moment), others, looked);
  return looked.done(plan);
}

/** Brings the segments up to date with time alone. */
export function sweepProfile(profile: Profile, plan: Plan, now: EpochMs): Evaluated {
  const moment = personMoment(profile, now);
  if (profile.evaluatedPlan !== plan.version) {
    return evaluateAll(moment, plan);
  }
  if (profile.dueAt === undefined || profile.dueAt > now) {
    return { profile, transitions: nothing };
  }
  const looked = new Look(moment, undefined);
  looked.lookAll(plan.segmentIndex.timed);
  return looked.done(plan);
}

function evaluateAll(moment: Moment, plan: Plan): Evaluated {
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
    const isSame =
      memberships === profile.segments &&
      this.dueAt === profile.dueAt &&
      profile.evaluatedPlan === plan.version;
    return {
      profile: isSame
        ? profile
        : { ...profile, evaluatedPlan: plan.version, dueAt: this.dueAt, segments: memberships },
      transitions,
    };
  }
}

/** What an event changed of what conditions read, as the moment sees it. */
function changeOf(
  before: Profile,
  event: SiteEvent,
  { profile, deviceBefore, device, changedAggregates }: Reduced,
  moment: Moment,
): ProfileChange {
  const plain: PlainInput[] = [];
  if (
    device.sessions !== deviceBefore?.sessions ||
    latestDevice(before)?.key !== moment.deviceKey
  ) {
    plain.push('visit');
  }
  const { session, cart } = device;
  if (deviceBefore !== undefined) {
    if (session.pages !== deviceBefore.session.pages) {
      plain.push('pages');
    }
    if (!isSamePlace(session, deviceBefore.session)) {
      plain.push('facts');
    }
    if (cart !== deviceBefore.cart) {
      plain.push('cart');
    }
  }
  if (profile.orders !== before.orders) {
    plain.push('orders');
  }
  // Becoming known happens in the identify stage, with the event that carries the userId.
  if (event.userId !== undefined) {
    plain.push('identity');
  }
  return {
    plain,
    aggregates: changedAggregates,
    traits: { before: before.traits, after: profile.traits },
    affinities: { before: before.affinities, after: profile.affinities },
  };
}

function isSamePlace(
  left: Moment['device']['session'],
  right: Moment['device']['session'],
): boolean {
  return (
    left.landingPath === right.landingPath &&
    left.landingCategory === right.landingCategory &&
    left.country === right.country &&
    left.region === right.region &&
    left.city === right.city &&
    left.timeZone === right.timeZone
  );
}
