import type { SiteEvent } from '@tenth/model/event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { type Identifier, identifiersOf } from './identifier.ts';
import type { MergeReason } from './ports.ts';
import { profileIdOf } from './profile-id.ts';

/** What is known of a profile that an identifier points to. */
export interface KnownProfile {
  readonly id: ProfileId;
  /** Set when the person is known. */
  readonly userId: string | undefined;
  readonly identifiers: number;
  readonly merges: number;
  /** Profiles that a merge with this one was undone for: never merged again by themselves. */
  readonly keptApart: readonly ProfileId[];
}

/** Which profile an identifier points to, if any. */
export type Lookup = (identifier: Identifier) => KnownProfile | undefined;

export type Refusal =
  | 'known-by-another'
  | 'kept-apart'
  | 'too-many-merges'
  | 'too-many-identifiers';

export interface Resolution {
  /** Where the event is filed. */
  readonly profileId: ProfileId;
  /** No such profile exists yet. */
  readonly isNew: boolean;
  /** Set when the profile becomes known by it. */
  readonly becomes: string | undefined;
  /** To be pointed to the profile. */
  readonly attach: readonly Identifier[];
  /** To be merged into the profile first. */
  readonly absorb: { readonly profileId: ProfileId; readonly reason: MergeReason } | undefined;
  /** Why an identifier or a merge that the event asked for was left out. */
  readonly refused: Refusal | undefined;
}

/** Segment's limits (standards: Segment Unify, product limits). */
export const MOST_MERGES = 100;
export const MOST_IDENTIFIERS = 1_000;

/**
 * Decides whose event this is. Pure. A known person is never merged into another, so merges do not
 * chain: whoever was absorbed points straight at its survivor.
 *
 * @returns undefined when the event names nobody.
 */
export function planIdentity(
  workspaceId: string,
  event: SiteEvent,
  lookup: Lookup,
): Resolution | undefined {
  const { user, anonymous, previousUser, previousAnonymous } = identifiersOf(event);
  if (user === undefined) {
    return anonymous === undefined ? undefined : ofOne(workspaceId, anonymous, lookup);
  }
  if (previousUser === undefined || previousAnonymous === undefined) {
    return anonymous === undefined
      ? ofOne(workspaceId, user, lookup)
      : ofBoth({ workspaceId, user, other: anonymous, lookup, reason: 'signed_in' });
  }
  const other = lookup(previousUser) === undefined ? previousAnonymous : previousUser;
  return ofBoth({ workspaceId, user, other, lookup, reason: 'alias' });
}

function ofOne(workspaceId: string, identifier: Identifier, lookup: Lookup): Resolution {
  const found = lookup(identifier);
  return found === undefined ? founding(workspaceId, identifier) : landing(found);
}

interface Pair {
  readonly workspaceId: string;
  readonly user: Identifier;
  /** The anonymousId, or what an alias calls the person's previous id. */
  readonly other: Identifier;
  readonly lookup: Lookup;
  readonly reason: MergeReason;
}

function ofBoth({ workspaceId, user, other, lookup, reason }: Pair): Resolution {
  const known = lookup(user);
  const second = lookup(other);
  if (known === undefined) {
    return second === undefined
      ? { ...founding(workspaceId, user), attach: [user, other] }
      : ofNewUser(workspaceId, user, second);
  }
  if (second === undefined) {
    return known.identifiers < MOST_IDENTIFIERS
      ? { ...landing(known), attach: [other] }
      : landing(known, 'too-many-identifiers');
  }
  if (second.id === known.id) {
    return landing(known);
  }
  const refused = mergeRefusal(known, second);
  return refused === undefined
    ? { ...landing(known), absorb: { profileId: second.id, reason } }
    : landing(known, refused);
}

/** A userId that nobody has, on a device or under an id that somebody has. */
function ofNewUser(workspaceId: string, user: Identifier, second: KnownProfile): Resolution {
  if (second.userId !== undefined) {
    return founding(workspaceId, user, 'known-by-another');
  }
  return second.identifiers < MOST_IDENTIFIERS
    ? { ...landing(second), becomes: user.value, attach: [user] }
    : founding(workspaceId, user, 'too-many-identifiers');
}

function mergeRefusal(survivor: KnownProfile, absorbed: KnownProfile): Refusal | undefined {
  if (absorbed.userId !== undefined) {
    return 'known-by-another';
  }
  if (survivor.keptApart.includes(absorbed.id) || absorbed.keptApart.includes(survivor.id)) {
    return 'kept-apart';
  }
  if (survivor.merges + absorbed.merges >= MOST_MERGES) {
    return 'too-many-merges';
  }
  return survivor.identifiers + absorbed.identifiers > MOST_IDENTIFIERS
    ? 'too-many-identifiers'
    : undefined;
}

function landing(profile: KnownProfile, refused?: Refusal): Resolution {
  return {
    profileId: profile.id,
    isNew: false,
    becomes: undefined,
    attach: [],
    absorb: undefined,
    refused,
  };
}

function founding(workspaceId: string, first: Identifier, refused?: Refusal): Resolution {
  return {
    profileId: profileIdOf(workspaceId, first),
    isNew: true,
    becomes: first.kind === 'user_id' ? first.value : undefined,
    attach: [first],
    absorb: undefined,
    refused,
  };
}
