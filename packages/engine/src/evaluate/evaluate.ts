import type { SegmentId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { CompiledSegment, Plan } from '../plan/plan.ts';
import type { Moment } from './moment.ts';

/**
 * Brings the profile's segments up to date with an event, looking only at those that it can change.
 * Membership that time alone changes is put right at the person's next event; conditions on segments
 * are evaluated at their own moment and never read this record.
 */
export function evaluate(
  moment: Moment,
  plan: Plan,
  changed: { readonly session: boolean; readonly identity: boolean },
): Profile {
  const { profile } = moment;
  let segments: Record<SegmentId, number> | undefined;
  const visit = ({ id, condition }: CompiledSegment): void => {
    const isIn = condition.holds(moment);
    const wasIn = (segments ?? profile.segments)[id] !== undefined;
    if (isIn !== wasIn) {
      segments ??= { ...profile.segments };
      if (isIn) {
        segments[id] = moment.event.at;
      } else {
        delete segments[id];
      }
    }
  };
  plan.segmentsFor(moment.event).forEach(visit);
  if (changed.session) {
    plan.segmentsOnSession.forEach(visit);
  }
  if (changed.identity) {
    plan.segmentsOnIdentity.forEach(visit);
  }
  return segments === undefined ? profile : { ...profile, segments };
}
