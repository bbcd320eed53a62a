import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { Identifier, IdentifierKind } from '../identify/identifier.ts';
import { profileIdOf } from '../identify/profile-id.ts';
import type { PersonTraces, StoredPersonState } from './ports.ts';

/** All that a person's rows can be found by. Pure. */
export function tracesOf(workspaceId: WorkspaceId, person: StoredPersonState): PersonTraces {
  const { identifiers, givenBack } = person;
  const profiles = person.profiles.map(({ profile }) => profile);
  const ids = new Set(profiles.map(({ id }) => id));
  for (const identifier of identifiers) {
    // A bot's events are filed under the profile that its identifier would found.
    ids.add(profileIdOf(workspaceId, identifier));
  }
  return {
    profileIds: [...ids],
    userIds: valuesOf(identifiers, 'user_id'),
    anonymousIds: valuesOf(identifiers, 'anonymous_id'),
    emails: emailsOf([...profiles, ...person.snapshots]),
    othersAnonymousIds: valuesOf(givenBack, 'anonymous_id'),
  };
}

function valuesOf(identifiers: readonly Identifier[], kind: IdentifierKind): readonly string[] {
  return identifiers.filter((one) => one.kind === kind).map(({ value }) => value);
}

function emailsOf(profiles: readonly Profile[]): readonly string[] {
  const emails = profiles.map(({ traits }) => traits.email?.value);
  return [
    ...new Set(
      emails
        .filter((value) => typeof value === 'string')
        .map((email) => email.trim().toLowerCase())
        .filter((email) => email !== ''),
    ),
  ];
}
