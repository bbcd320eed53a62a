import type { SegmentId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
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
  const segments = new Membership(profile.segments, moment);
  if (isNewPlan) {
    segments.keepOnly(plan);
    plan.segments.forEach(segments.update);
  } else {
    plan.segmentsFor(moment.event).forEach(segments.update);
    if (changed.session) {
      plan.segmentsOnSession.forEach(segments.update);
    }
    if (changed.identity) {
      plan.segmentsOnIdentity.forEach(segments.update);
    }
  }
  return isNewPlan || segments.changed !== undefined
    ? {
        ...profile,
        evaluatedPlan: plan.version,
        segments: segments.changed ?? profile.segments,
      }
    : profile;
}

/** The segments of one person, copied only once something changes. */
class Membership {
  changed: Record<SegmentId, number> | undefined;
  readonly #before: Profile['segments'];
  readonly #moment: Moment;

  constructor(before: Profile['segments'], moment: Moment) {
    this.#before = before;
    this.#moment = moment;
  }

  /** Forgets segments that the plan no longer has. */
  keepOnly(plan: Plan): void {
    const known = new Set<string>(plan.segments.map(({ id }) => id));
    const gone = Object.keys(this.#before).filter((id) => !known.has(id));
    if (gone.length > 0) {
      this.changed = { ...this.#before };
      for (const id of gone) {
        // Object.keys widens the key; it is a segment's id as it was.
        delete this.changed[id as SegmentId];
      }
    }
  }

  readonly update = ({ id, condition }: CompiledSegment): void => {
    const isIn = condition.holds(this.#moment);
    if (isIn === ((this.changed ?? this.#before)[id] !== undefined)) {
      return;
    }
    this.changed ??= { ...this.#before };
    if (isIn) {
      this.changed[id] = this.#moment.event.at;
    } else {
      delete this.changed[id];
    }
  };
}
