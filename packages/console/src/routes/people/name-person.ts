import type { PersonSummary } from '@tenth/model/person.ts';

type Named = Pick<PersonSummary, 'name' | 'email' | 'userId' | 'anonymousIds' | 'profileId'>;

/** What to call someone, and what tells them apart from others of that name. */
export function namePerson(
  person: Named,
  anonymous: string,
): { readonly name: string; readonly more: string } {
  const name = person.name ?? person.email ?? person.userId ?? anonymous;
  const more =
    [person.email, person.userId].find((one) => one !== null && one !== name) ??
    person.anonymousIds[0] ??
    person.profileId;
  return { name, more };
}
