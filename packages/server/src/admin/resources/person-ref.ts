import { profileId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { Caller } from '../call.ts';
import type { FoundPerson, PeopleStore, PersonRef } from '../ports.ts';

/** `userId:ID`, `anonymousId:ID` or `profileId:ID`, as the route's schema has checked. */
export function parsePersonRef(text: string): PersonRef | undefined {
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  const value = text.slice(colon + 1);
  switch (kind) {
    case 'userId':
    case 'anonymousId':
      return { kind, value };
    case 'profileId': {
      const parsed = profileId.safeParse(value);
      return parsed.success ? { kind, value: parsed.data } : undefined;
    }
    default:
      return undefined;
  }
}

/** @throws {Problem} not-found, also for a person of another workspace */
export async function requirePerson(
  people: Pick<PeopleStore, 'find'>,
  caller: Caller,
  text: string,
): Promise<FoundPerson> {
  const ref = parsePersonRef(text);
  const found = ref === undefined ? undefined : await people.find(caller.workspaceId, ref);
  if (found === undefined) {
    throw new Problem('not-found', 'Nobody is known under this id.', 'person');
  }
  return found;
}
