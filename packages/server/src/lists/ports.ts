import type { ListId, WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { MemberSet } from './member-set.ts';

/** One upload of a list. Its members never change. */
export interface ListVersion {
  readonly listId: ListId;
  readonly version: number;
}

export interface StoredListVersion extends ListVersion {
  readonly begunAt: EpochMs;
}

/** Members beside the plans, for the server's own memory. Every call stays inside its workspace. */
export interface ListStore {
  /** @returns The number of the next version; never one that this list, or one of this id before it, has had. */
  begin(workspaceId: WorkspaceId, listId: ListId, at: EpochMs): Promise<number>;
  write(workspaceId: WorkspaceId, version: ListVersion, members: MemberSet): Promise<void>;
  /** The hashes in order; none where the version is gone. */
  read(workspaceId: WorkspaceId, version: ListVersion): Promise<BigUint64Array>;
  /** Versions that have members, of one list or of all. */
  findVersions(workspaceId: WorkspaceId, listId?: ListId): Promise<readonly StoredListVersion[]>;
  drop(workspaceId: WorkspaceId, version: ListVersion): Promise<void>;
}

/** Members beside the event log, for questions over everybody. Every call stays inside its workspace. */
export interface MemberLog {
  /** May be called again for the same version. */
  write(workspaceId: WorkspaceId, version: ListVersion, members: MemberSet): Promise<void>;
  drop(workspaceId: WorkspaceId, version: ListVersion): Promise<void>;
}
