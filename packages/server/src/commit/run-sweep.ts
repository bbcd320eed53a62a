import { sweepProfile } from '@tenth/engine/evaluate/evaluate.ts';
import type { Plan } from '@tenth/engine/plan/plan.ts';
import type { PersonCache } from './person-cache.ts';
import { overdueCause, tellSegments } from './tell-segments.ts';
import type { Work } from './work.ts';

/**
 * Brings the request's people up to date with time and with the plan. Each is written, also where
 * nothing changed: if memory is behind the store, the write fails, and the person is read anew.
 *
 * @param work Filled as it goes, as by `runRequest`.
 */
export function runSweep(work: Work, cache: PersonCache, plan: Plan): void {
  const { workspaceId, people, now } = work.request;
  for (const id of people) {
    const person = cache.find(workspaceId, id);
    if (person === undefined) {
      continue;
    }
    work.touched.add(person);
    if (person.mergedInto !== undefined) {
      continue;
    }
    work.changed.add(person);
    const { dueAt } = person.profile;
    const cause = overdueCause(person.profile, plan, now) ?? 'time';
    const { profile, transitions } = sweepProfile(person.profile, plan, now);
    person.profile = profile;
    const caused = transitions.map((one) => ({ ...one, cause }));
    // What is due at a moment is due once; of a plan or a merge the state tells which it was.
    const key = cause === 'time' ? `time ${dueAt}` : `${cause} ${plan.version} ${person.version}`;
    tellSegments(work, person, plan, caused, { key, event: undefined });
    for (const { segmentId, kind } of caused) {
      work.swept.push({ segmentId, kind, cause, dueAt: cause === 'time' ? dueAt : undefined });
    }
  }
}
