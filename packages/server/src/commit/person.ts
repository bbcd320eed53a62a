import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { KnownProfile } from '../identify/plan-identity.ts';

/**
 * A profile in memory, ahead of the store by what is being committed. Every event puts a new
 * immutable profile in place; the version is the stored one and moves with each commit.
 */
export class Person implements KnownProfile {
  readonly workspaceId: WorkspaceId;
  readonly id: ProfileId;
  profile: Profile;
  /** 0 before the first commit. */
  version: number;
  /** Tells the profile from an erased one of the same id; see `ProfileWrite`. */
  readonly incarnation: number;
  /** The profile as stored, by which the row in the list of people was made; undefined before the first. */
  stored: Profile | undefined;
  mergedInto: ProfileId | undefined;
  identifiers: number;
  merges: number;
  keptApart: readonly ProfileId[];
  /** Keys of the identifiers in the cache that point here. */
  readonly keys = new Set<string>();
  /** Requests under way that rest on it; it stays in the cache meanwhile. */
  pins = 0;

  constructor(of: {
    readonly workspaceId: WorkspaceId;
    readonly profile: Profile;
    readonly version: number;
    readonly incarnation: number;
    readonly mergedInto: ProfileId | undefined;
    readonly identifiers: number;
    readonly merges: number;
    readonly keptApart: readonly ProfileId[];
  }) {
    this.workspaceId = of.workspaceId;
    this.id = of.profile.id;
    this.profile = of.profile;
    this.version = of.version;
    this.incarnation = of.incarnation;
    this.stored = of.version === 0 ? undefined : of.profile;
    this.mergedInto = of.mergedInto;
    this.identifiers = of.identifiers;
    this.merges = of.merges;
    this.keptApart = of.keptApart;
  }

  get userId(): string | undefined {
    return this.profile.userId;
  }
}
