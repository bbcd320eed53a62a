import type { ConsentAnswer, ConsentPurpose } from '@tenth/model/consent-record.ts';
import type { ErasedTable } from '@tenth/model/erasure.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { PersonExportLine } from '@tenth/model/person-export.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Identifier } from '../identify/identifier.ts';
import type { FiledConsent } from './current-consents.ts';

/** A workspace's secret for everything that stands for a person without naming them. */
export interface SaltStore {
  /**
   * The workspace's salt, in hex; the given one where it has none yet.
   *
   * @param fresh 32 random bytes, in hex.
   */
  getOrKeep(workspaceId: WorkspaceId, fresh: string): Promise<string>;
}

/** Somebody who was erased: what happened up to then is not taken in again. */
export interface Suppression {
  readonly workspaceId: WorkspaceId;
  /** Of an identifier of theirs; see `suppressionName`. */
  readonly hash: string;
  readonly erasedAt: EpochMs;
}

export interface SuppressionStore {
  /** Of all workspaces, those of erasures from then on. */
  list(since: EpochMs): Promise<readonly Suppression[]>;
}

/** People as the operational store has them at one moment. */
export interface StoredPersonState {
  /** Their own profiles and those merged into these. */
  readonly profiles: readonly { readonly profile: Profile; readonly version: number }[];
  readonly identifiers: readonly Identifier[];
  /** What else is remembered of them: each side of their merges before it. */
  readonly snapshots: readonly Profile[];
  /** Identifiers that were theirs until a merge was undone: somebody else's now. */
  readonly givenBack: readonly Identifier[];
}

/** By what a person's rows are found while they are being erased. Kept until that is done, and no longer. */
export interface PersonTraces {
  readonly profileIds: readonly ProfileId[];
  readonly userIds: readonly string[];
  readonly anonymousIds: readonly string[];
  /** Trimmed and in lower case, as lists have them. */
  readonly emails: readonly string[];
  /** Anonymous ids of others, whose events stay though they were filed under the person. */
  readonly othersAnonymousIds: readonly string[];
}

export interface StoredErasure {
  readonly workspaceId: WorkspaceId;
  readonly erasureId: string;
  readonly requestedAt: EpochMs;
  /** Whom it is about; nobody once they are out of the operational store. */
  readonly personIds: readonly ProfileId[];
  /** Undefined before they are out of the operational store, and after all is done. */
  readonly removal: Removal | undefined;
  readonly subjects: readonly string[];
  readonly tables: readonly ErasedTable[];
  readonly planReferences: readonly string[];
  readonly waitingFor: string | undefined;
  readonly verifiedAt: EpochMs | undefined;
}

export interface Removal {
  readonly traces: PersonTraces;
  /** No row of the outbox beyond this one can hold anything of the person. */
  readonly lastOutboxId: bigint;
}

export interface NewErasure {
  readonly workspaceId: WorkspaceId;
  readonly erasureId: string;
  readonly requestedAt: EpochMs;
  readonly personIds: readonly ProfileId[];
  readonly subjects: readonly string[];
}

export interface ErasureStore {
  /** From then on what happened before `requestedAt` to one of the subjects is suppressed. */
  create(erasure: NewErasure): Promise<void>;
  find(workspaceId: WorkspaceId, erasureId: string): Promise<StoredErasure | undefined>;
  /** The latest first. */
  list(
    workspaceId: WorkspaceId,
    query: { readonly limit: number; readonly before: string | undefined },
  ): Promise<readonly StoredErasure[]>;
  /** Of all workspaces, the oldest first. */
  listUnfinished(): Promise<readonly StoredErasure[]>;
  /** Undefined where none of them is there. */
  readPeople(
    workspaceId: WorkspaceId,
    personIds: readonly ProfileId[],
  ): Promise<StoredPersonState | undefined>;
  /**
   * Takes people out of every table, with the erasure knowing what is left to do, all or nothing.
   *
   * @returns false, and nothing is changed, when one of them has changed since they were read.
   */
  removePeople(
    erasure: StoredErasure,
    person: StoredPersonState,
    found: { readonly traces: PersonTraces; readonly subjects: readonly string[] },
  ): Promise<boolean>;
  /** Which profiles of these ids belong to another now: of those who began anew since. */
  listLinks(
    workspaceId: WorkspaceId,
    profileIds: readonly ProfileId[],
  ): Promise<readonly ProfileLink[]>;
  noteProblem(workspaceId: WorkspaceId, erasureId: string, waitingFor: string): Promise<void>;
  /** Forgets who it was about. */
  finish(
    workspaceId: WorkspaceId,
    erasureId: string,
    result: {
      readonly tables: readonly ErasedTable[];
      readonly planReferences: readonly string[];
      readonly verifiedAt: EpochMs;
    },
  ): Promise<void>;
}

/** The outbox, as far as whoever waits for it needs to know. */
export interface ShippingState {
  /** Of the rows that have been written so far. */
  lastOutboxId(): Promise<bigint>;
  /** Rows that wait to be shipped, up to this one. */
  countWaiting(lastOutboxId: bigint): Promise<number>;
}

/** Rows of the event log, as they are. */
export interface PersonRows {
  events(workspaceId: WorkspaceId, traces: PersonTraces): AsyncIterable<LogRow>;
  decisions(workspaceId: WorkspaceId, traces: PersonTraces): AsyncIterable<LogRow>;
}

export type LogRow = Extract<PersonExportLine, { readonly kind: 'event' }>['event'];

export interface ProfileLink {
  readonly profileId: ProfileId;
  readonly personId: ProfileId;
  readonly version: number;
}

/** The event log, where a person's rows are. */
export interface ErasureLog {
  /**
   * Takes out all rows of a person, and counts what is left. Asked again after a failure or a stop, it goes
   * on with what the tries before have begun; until it is done, the log may hold the traces.
   *
   * @param isStopped Looked at while the log is at it: that may take hours.
   * @returns Undefined where it was stopped; the log goes on deleting.
   * @throws {Error} Some rows stay.
   */
  remove(
    workspaceId: WorkspaceId,
    removal: Removal & { readonly erasureId: string },
    isStopped: () => boolean,
  ): Promise<readonly ErasedTable[] | undefined>;
  /** Erasures whose traces the log holds. */
  listNoted(): Promise<readonly string[]>;
  /** Forgets the traces of an erasure. */
  forget(erasureId: string): Promise<void>;
  /** Says again to whom profiles belong. Written again without harm. */
  link(workspaceId: WorkspaceId, links: readonly ProfileLink[]): Promise<void>;
}

/** Uploaded lists that may name a person. */
export interface MemberLists {
  /** @returns How many lists had them. */
  remove(
    workspaceId: WorkspaceId,
    names: Pick<PersonTraces, 'userIds' | 'emails'>,
  ): Promise<number>;
}

/** An answer to be written down for whoever the identifier points to. */
export interface NewConsent {
  readonly workspaceId: WorkspaceId;
  readonly identifier: { readonly kind: string; readonly value: string };
  readonly purpose: ConsentPurpose;
  readonly state: ConsentAnswer;
  readonly at: EpochMs;
  readonly receivedAt: EpochMs;
  readonly textVersion: string | undefined;
  readonly source: string | undefined;
  readonly pageUrl?: string | undefined;
  readonly device?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly givenBy: string;
}

export interface ConsentStore {
  /** Leaves out what is no news (`pickNews`), and whomever no profile knows. */
  append(consents: readonly NewConsent[]): Promise<void>;
  /** Of a person and the profiles merged into them, in the order in which they were written down. */
  list(workspaceId: WorkspaceId, personId: ProfileId): Promise<readonly FiledConsent[]>;
}

export interface InactivePeople {
  /** Those who have been away longest first. */
  listNotSeenSince(
    workspaceId: WorkspaceId,
    since: EpochMs,
    limit: number,
  ): Promise<readonly ProfileId[]>;
}

export interface RetentionLog {
  /** @returns How many rows that were. */
  deleteBefore(
    workspaceId: WorkspaceId,
    before: EpochMs,
  ): Promise<{ readonly events: number; readonly decisions: number }>;
}
