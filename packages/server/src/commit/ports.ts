import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Identifier } from '../identify/identifier.ts';
import type { MergeReason } from '../identify/ports.ts';

/** An identifier of a workspace. */
export interface IdentifierRef {
  readonly workspaceId: WorkspaceId;
  readonly identifier: Identifier;
}

/** A profile of a workspace. */
export interface ProfileRef {
  readonly workspaceId: WorkspaceId;
  readonly profileId: ProfileId;
}

export interface PointedTo extends IdentifierRef {
  readonly profileId: ProfileId;
}

export interface StoredProfile extends ProfileRef {
  readonly version: number;
  readonly incarnation: number;
  /** What `encodeProfile` wrote. */
  readonly state: string;
  /** The profile this one is merged into. */
  readonly mergedInto: ProfileId | undefined;
  readonly identifiers: number;
  /** Merges into it that stand. */
  readonly merges: number;
  readonly keptApart: readonly ProfileId[];
}

export interface FoundPeople {
  readonly pointers: readonly PointedTo[];
  readonly profiles: readonly StoredProfile[];
}

export interface ProfileWrite extends ProfileRef {
  /** One above the version it replaces; 1 for a new profile. */
  readonly version: number;
  /**
   * Drawn when the profile is founded, and the same ever after: whoever comes back after an erasure has the
   * profile id of before and must not be taken for who they were. Undefined where it is not looked at.
   */
  readonly incarnation: number | undefined;
  readonly state: string;
  readonly mergedInto: ProfileId | undefined;
  /** When time alone may change the person's segments; undefined for never, and for who is merged. */
  readonly dueAt: EpochMs | undefined;
  /** What the list of people needs to know; undefined when that has not changed. */
  readonly person: PersonRow | undefined;
}

export interface PersonRow {
  readonly userId: string | undefined;
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly lastSeenAt: EpochMs;
  readonly segments: string;
}

export interface MergeWrite {
  readonly workspaceId: WorkspaceId;
  readonly mergeId: string;
  readonly at: EpochMs;
  readonly messageId: string;
  readonly reason: MergeReason;
  readonly survivorId: ProfileId;
  readonly absorbedId: ProfileId;
  readonly survivorBefore: string;
  readonly absorbedBefore: string;
}

/** All that one group commit changes. */
export interface Commit {
  readonly at: EpochMs;
  readonly profiles: readonly ProfileWrite[];
  /** New ones. Then come the merges, each of which moves all identifiers of the absorbed profile. */
  readonly identifiers: readonly PointedTo[];
  readonly merges: readonly MergeWrite[];
  /** Undefined where there is nothing to log. */
  readonly outboxBody: Uint8Array | undefined;
}

export type CommitOutcome =
  | { readonly kind: 'done' }
  /** Nothing was written: somebody else has changed these profiles or taken these identifiers. */
  | {
      readonly kind: 'lost';
      readonly profiles: readonly ProfileRef[];
      readonly identifiers: readonly IdentifierRef[];
    };

export interface CommitStore {
  /** What the identifiers point to, with those profiles, and the profiles asked for by id. */
  find(
    identifiers: readonly IdentifierRef[],
    profiles: readonly ProfileRef[],
  ): Promise<FoundPeople>;
  /** Writes all or nothing. */
  write(commit: Commit): Promise<CommitOutcome>;
}
