import type { SegmentId } from '@tenth/model/ids.ts';
import type { Membership, Profile } from '@tenth/model/profile.ts';
import type { CompiledSegment, Plan } from '../plan/plan.ts';
import type { Moment } from './moment.ts';

/** What an event changed about a person beyond what its name tells. */
export interface Changed {
  readonly session: boolean;
  readonly identity: boolean;
}

/**
 * Brings the profile's segments up to date with an event, looking only at those that it can change;
 * at all of them when the plan is new to this profile, or the profile was merged. Membership that
 * time alone changes is put right at the person's next event; conditions on segments are evaluated
 * at their own moment and never read this record.
 */
export function evaluate(moment: Moment, plan: Plan, changed: Changed): Profile {
  const { profile } = moment;
  const isNewPlan = profile.evaluatedPlan !== plan.version;
  let segments = profile.segments;
  if (isNewPlan) {
    segments = update(plan.segments, moment, onlyKnown(segments, plan));
  } else {
    segments = update(plan.segmentsFor(moment.event), moment, segments);
    if (changed.session) {
      segments = update(plan.segmentsOnSession, moment, segments);
    }
    if (changed.identity) {
      segments = update(plan.segmentsOnIdentity, moment, segments);
    }
  }
  return isNewPlan || segments !== profile.segments
    ? { ...profile, evaluatedPlan: plan.version, segments }
    : profile;
}

function update(
  looked: readonly CompiledSegment[],
  moment: Moment,
  before: readonly Membership[],
): readonly Membership[] {
  let changed: Membership[] | undefined;
  for (const { id, condition } of looked) {
    const at = indexOf(changed ?? before, id);
    if (condition.holds(moment) === at >= 0) {
      continue;
    }
    changed ??= before.slice();
    if (at === -1) {
      changed.push({ segmentId: id, enteredAt: moment.event.at });
    } else {
      changed.splice(at, 1);
    }
  }
  return changed ?? before;
}

function indexOf(memberships: readonly Membership[], id: SegmentId): number {
  for (let index = 0; index < memberships.length; index += 1) {
    if (memberships[index]?.segmentId === id) {
      return index;
    }
  }
  return -1;
}

/** Forgets segments that the plan no longer has. */
function onlyKnown(memberships: readonly Membership[], plan: Plan): readonly Membership[] {
  return memberships.every(({ segmentId }) => plan.hasSegment(segmentId))
    ? memberships
    : memberships.filter(({ segmentId }) => plan.hasSegment(segmentId));
}
