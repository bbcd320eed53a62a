import type { Profile } from '@tenth/model/profile.ts';
import type { PastEvent } from '../aggregate/recount.ts';
import { Recounter, withRecounted } from '../aggregate/recount.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * Aggregates that were counted anew out of everybody's history: whatever was kept of them before, from this
 * version of the plan on a profile has them as if they had always been counted. No version before it, since
 * they were last begun to be counted, looks at them.
 */
export interface CountedAnew {
  readonly planVersion: number;
  /** Ids. */
  readonly aggregates: readonly string[];
}

/** What a profile has seen, for counting it anew. */
export interface Past {
  readonly events: PastEvent[];
  /** The plan that the last of them ran with. */
  planVersion: number;
}

/** The profile as a version of the plan finds it. */
export function countedAnew(
  profile: Profile,
  { events, planVersion: before }: Past,
  now: number,
  all: readonly CountedAnew[],
  planOf: (version: number) => Plan,
): Profile {
  const due = all.filter(({ planVersion }) => before < planVersion && planVersion <= now);
  return due.reduce((found, { planVersion, aggregates }) => {
    const { aggregates: ofPlan } = planOf(planVersion);
    const recount = new Recounter(aggregates.flatMap((id) => ofPlan.get(id) ?? [])).begin();
    for (const event of events) {
      recount.add(event);
    }
    return withRecounted(found, recount.done());
  }, profile);
}
