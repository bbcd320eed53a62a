import type { AuditEntry } from '@tenth/model/audit.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';

export type NewAuditEntry = Omit<AuditEntry, 'entryId' | 'at'> & { readonly at: EpochMs };

export interface AuditQuery {
  readonly limit: number;
  /** Entries before this one. */
  readonly before: number | undefined;
  readonly act: string | undefined;
  /** Entries on a person, by any of these hashes. */
  readonly people: readonly string[] | undefined;
}

/** Where entries go. What is there can be neither changed nor taken out. */
export interface AuditLog {
  append(workspaceId: WorkspaceId, entry: NewAuditEntry): Promise<void>;
  /** The latest first. */
  list(workspaceId: WorkspaceId, query: AuditQuery): Promise<readonly AuditEntry[]>;
}

/** What stands for a person where nobody may be named. */
export interface SubjectHashes {
  /** @param name `userId:ID`, `anonymousId:ID` or `profileId:ID`. */
  hash(workspaceId: WorkspaceId, name: string): Promise<string>;
}
