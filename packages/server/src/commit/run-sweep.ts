import { withRecounted } from '@tenth/engine/aggregate/recount.ts';
import { sweepProfile } from '@tenth/engine/evaluate/evaluate.ts';
import type { Plan } from '@tenth/engine/plan/plan.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import type { Person } from './person.ts';
import type { PersonCache } from './person-cache.ts';
import { requireCurrentPlan } from './plan-behind.ts';
import { overdueCause, tellSegments } from './tell-segments.ts';
import type { PersonTask, Work } from './work.ts';

/**
 * Brings the request's people up to date with time and with the plan. Each is written, also where
 * nothing changed: if memory is behind the store, the write fails, and the person is read anew.
 *
 * @param work Filled as it goes, as by `runRequest`.
 */
export function runSweep(work: Work, cache: PersonCache, plan: Plan): void {
  const { workspaceId, people } = work.request;
  for (const task of people) {
    const person = cache.find(workspaceId, task.profileId);
    if (person === undefined) {
      continue;
    }
    work.touched.add(person);
    if (person.mergedInto !== undefined) {
      continue;
    }
    requireCurrentPlan(person, plan);
    if (task.recount === undefined) {
      work.changed.add(person);
      sweepPerson(work, person, plan);
    } else {
      recountPerson(work, person, plan, task.recount);
    }
  }
}

function sweepPerson(work: Work, person: Person, plan: Plan): void {
  const { now } = work.request;
  const cause = overdueCause(person.profile, plan, now) ?? 'time';
  const { dueAt, recentMessages } = person.profile;
  // What was over before it came in, as in an import, is swept at once and late all the same.
  const knownFrom = (recentMessages.at(-1)?.hour ?? 0) * HOUR_MS;
  const isOnTime = cause === 'time' && dueAt !== undefined && dueAt >= knownFrom;
  const { profile, transitions } = sweepProfile(person.profile, plan, now);
  person.profile = profile;
  const caused = transitions.map((one) => ({ ...one, cause }));
  // What is due at a moment is due once; of a plan or a merge the state tells which it was.
  const key = cause === 'time' ? `time ${dueAt}` : `${cause} ${plan.version} ${person.version}`;
  tellSegments(work, person, plan, caused, { key, event: undefined, decideAt: undefined });
  for (const { segmentId, kind } of caused) {
    work.swept.push({ segmentId, kind, cause, dueAt: isOnTime ? dueAt : undefined });
  }
}

/** Of no plan's version: all segments are looked at. */
const BEFORE_ALL_PLANS = -1;

/** What was counted of a profile that has moved on since is void: it lacks what came in between. */
function recountPerson(
  work: Work,
  person: Person,
  plan: Plan,
  { recounted, version, incarnation }: NonNullable<PersonTask['recount']>,
): void {
  if (person.version < version) {
    // Memory is behind: the write fails, and the person is read anew.
    work.changed.add(person);
    return;
  }
  const isTheSame = person.version === version && person.incarnation === incarnation;
  if (!isTheSame || person.profile !== person.stored) {
    return;
  }
  work.changed.add(person);
  const { profile } = person;
  person.profile = {
    ...withRecounted(profile, recounted),
    // Membership after a merge stays the merge's doing.
    evaluatedPlan: profile.evaluatedPlan === 0 ? 0 : BEFORE_ALL_PLANS,
    dueAt: undefined,
  };
  sweepPerson(work, person, plan);
  work.recounted.push(person.profile);
}
