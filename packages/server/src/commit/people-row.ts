import type { Profile, Trait } from '@tenth/model/profile.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { keepableText } from '../identify/identifier.ts';
import type { PersonRow } from './ports.ts';

/** The list of people is ordered to five minutes, so that most events need not touch its index. */
const LAST_SEEN_STEP_MS = 5 * MINUTE_MS;
const MOST_CHARACTERS = 255;

/** What the list of people shows and searches of a profile. */
export function personRowOf(profile: Profile): PersonRow {
  const { traits } = profile;
  const segments = profile.segments.map(({ segmentId }) => segmentId);
  return {
    userId: keepable(profile.userId),
    email: textOf(traits.email),
    name: textOf(traits.name) ?? fullName(textOf(traits.firstName), textOf(traits.lastName)),
    lastSeenAt: Math.floor(profile.lastSeenAt / LAST_SEEN_STEP_MS) * LAST_SEEN_STEP_MS,
    segments: segments.length === 0 ? '' : ` ${segments.sort().join(' ')} `,
  };
}

/** Whether both have the same row; quick when nothing it is made of was touched. */
export function hasSameRow(before: Profile, after: Profile): boolean {
  const isUntouched =
    before.traits === after.traits &&
    before.segments === after.segments &&
    before.userId === after.userId &&
    Math.floor(before.lastSeenAt / LAST_SEEN_STEP_MS) ===
      Math.floor(after.lastSeenAt / LAST_SEEN_STEP_MS);
  return isUntouched || isSameRow(personRowOf(before), personRowOf(after));
}

function isSameRow(left: PersonRow, right: PersonRow): boolean {
  return (
    left.userId === right.userId &&
    left.email === right.email &&
    left.name === right.name &&
    left.lastSeenAt === right.lastSeenAt &&
    left.segments === right.segments
  );
}

function textOf(trait: Trait | undefined): string | undefined {
  return typeof trait?.value === 'string' && trait.value !== '' ? keepable(trait.value) : undefined;
}

function fullName(first: string | undefined, last: string | undefined): string | undefined {
  return first === undefined || last === undefined ? (first ?? last) : `${first} ${last}`;
}

/** Short enough for an index. */
function keepable(text: string | undefined): string | undefined {
  return text === undefined ? undefined : keepableText(text.slice(0, MOST_CHARACTERS));
}
