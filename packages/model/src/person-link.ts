import type { ProfileId } from './ids.ts';

/** How the API and the console name a person of whom the profile is known. */
export function personRefOf(profileId: ProfileId): `profileId:${ProfileId}` {
  return `profileId:${profileId}`;
}

/** The person's page in the console. A bare id would be refused there. */
export function personLink(profileId: ProfileId): string {
  return `/console/people/${encodeURIComponent(personRefOf(profileId))}`;
}
