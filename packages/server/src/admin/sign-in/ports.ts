import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Role } from '@tenth/model/permission.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** Somebody who may sign in. Of passwords, tokens and recovery codes only hashes are kept. */
export interface StoredUser {
  readonly id: string;
  /** In lower case; empty for an owner who set the password without one. */
  readonly email: string;
  readonly role: Role;
  /** Undefined until an invitation is accepted. */
  readonly passwordHash: string | undefined;
  readonly invitation: Invitation | undefined;
  readonly totp: StoredTotp | undefined;
  readonly createdAt: EpochMs;
}

export interface Invitation {
  readonly tokenHash: string;
  readonly until: EpochMs;
}

export interface StoredTotp {
  /** Base 32; undefined where it was sealed under a key that is not there now: recovery codes alone hold. */
  readonly secret: string | undefined;
  /** Of the last code that was taken: each is taken once. */
  readonly lastStep: number;
  /** Those not used yet. */
  readonly recoveryHashes: readonly string[];
}

/** A second factor is only taken away by it: one that is there is never changed for another. */
export type UserChange = Partial<Pick<StoredUser, 'passwordHash' | 'invitation'>> & {
  readonly totp?: undefined;
};

export type OwnerKept = 'done' | 'missing' | 'last-owner';

export interface UserStore {
  /** Whether anybody has set a password. */
  hasActive(workspaceId: WorkspaceId): Promise<boolean>;
  /** @returns false, and nothing is stored, when there is anybody already. */
  addFirst(workspaceId: WorkspaceId, user: StoredUser): Promise<boolean>;
  /** @returns false, and nothing is stored, when the address is taken. */
  add(workspaceId: WorkspaceId, user: StoredUser): Promise<boolean>;
  list(workspaceId: WorkspaceId): Promise<readonly StoredUser[]>;
  find(workspaceId: WorkspaceId, userId: string): Promise<StoredUser | undefined>;
  findByEmail(workspaceId: WorkspaceId, email: string): Promise<StoredUser | undefined>;
  change(workspaceId: WorkspaceId, userId: string, change: UserChange): Promise<void>;
  /** @returns false, and nothing is stored, where there is a second factor already, or no such user. */
  setTotp(workspaceId: WorkspaceId, userId: string, totp: StoredTotp): Promise<boolean>;
  /**
   * Sets the password for the invitation and spends it; a second factor is asked for no more.
   *
   * @returns undefined where there is no such invitation any more: of two at once, one gets it.
   */
  acceptInvitation(
    workspaceId: WorkspaceId,
    accepted: { readonly tokenHash: string; readonly now: EpochMs; readonly passwordHash: string },
  ): Promise<StoredUser | undefined>;
  /**
   * Takes a code for used.
   *
   * @returns false when it was used meanwhile.
   */
  spendCode(
    workspaceId: WorkspaceId,
    userId: string,
    spent: { readonly before: StoredTotp; readonly after: StoredTotp },
  ): Promise<boolean>;
  /** Never leaves the workspace without an owner who can sign in. */
  setRole(workspaceId: WorkspaceId, userId: string, role: Role): Promise<OwnerKept>;
  /** With all sessions. Never leaves the workspace without an owner who can sign in. */
  remove(workspaceId: WorkspaceId, userId: string): Promise<OwnerKept>;
}

/** One browser that is signed in; its token is known by its SHA-256, in hex. */
export interface StoredSession {
  readonly id: string;
  readonly tokenHash: string;
  readonly userId: string;
  readonly createdAt: EpochMs;
  readonly seenAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly address: string;
  readonly userAgent: string;
}

export interface SessionStore {
  /** Forgets those of the workspace that have run out, too. */
  add(workspaceId: WorkspaceId, session: StoredSession): Promise<void>;
  find(workspaceId: WorkspaceId, tokenHash: string): Promise<StoredSession | undefined>;
  markSeen(workspaceId: WorkspaceId, sessionId: string, at: EpochMs): Promise<void>;
  listOfUser(workspaceId: WorkspaceId, userId: string): Promise<readonly StoredSession[]>;
  /** @returns Whether there was one. */
  remove(workspaceId: WorkspaceId, ofUser: { userId: string; sessionId: string }): Promise<boolean>;
  /** All of a user but one; all where that is undefined. */
  removeOthers(workspaceId: WorkspaceId, userId: string, kept: string | undefined): Promise<void>;
}
