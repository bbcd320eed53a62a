import type { SiteEvent } from '@tenth/model/event.ts';
import { hash128 } from './hash128.ts';

export const identifierKinds = ['user_id', 'anonymous_id'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** What an event calls a person by. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** Text that names an identifier of a workspace in a map. */
export function identifierKey(workspaceId: string, { kind, value }: Identifier): string {
  return `${workspaceId}\n${kind}\n${value}`;
}

/** The identifiers an event is looked up by. Those of an alias' `previousId` come last. */
export interface EventIdentifiers {
  readonly user: Identifier | undefined;
  readonly anonymous: Identifier | undefined;
  /** `alias`: the previous id may be of either kind. */
  readonly previousUser: Identifier | undefined;
  readonly previousAnonymous: Identifier | undefined;
}

export function identifiersOf(event: SiteEvent): EventIdentifiers {
  const previousId = event.type === 'alias' ? event.previousId : undefined;
  return {
    user: asIdentifier('user_id', event.userId),
    anonymous: asIdentifier('anonymous_id', event.anonymousId),
    previousUser: asIdentifier('user_id', previousId),
    previousAnonymous: asIdentifier('anonymous_id', previousId),
  };
}

/** What PostgreSQL cannot keep in a text: the character zero, and halves of surrogate pairs. */
const UNKEEPABLE = /[\0\p{Surrogate}]/u;
const ALL_UNKEEPABLE = new RegExp(UNKEEPABLE, 'gu');

/** Text as PostgreSQL can keep it; a hostile id must not make a whole group commit fail. */
export function keepableText(text: string): string {
  return UNKEEPABLE.test(text) ? text.replace(ALL_UNKEEPABLE, '\ufffd') : text;
}

/** As long as the administration API can ask for; an index entry must stay under 2,700 bytes. */
const MOST_CHARACTERS = 255;

function asIdentifier(kind: IdentifierKind, value: string | undefined): Identifier | undefined {
  if (value === undefined || value === '') {
    return undefined;
  }
  if (value.length <= MOST_CHARACTERS) {
    return { kind, value: keepableText(value) };
  }
  const hash = hash128(value);
  return { kind, value: keepableText(value.slice(0, MOST_CHARACTERS - hash.length)) + hash };
}
