import type { ProfileId, SegmentId, WorkspaceId } from '@tenth/model/ids.ts';
import type { Segment } from '@tenth/model/segment.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Identifier } from '../identify/identifier.ts';

/**
 * `counting`: what the new definition counts is made up for everybody, and the old one stands.
 * `ready`: all is counted, and it waits to be approved; the old one stands.
 * `switching`: the new one stands, and everybody's membership is brought up to date with it.
 */
export type BackfillState = 'counting' | 'ready' | 'switching' | 'done' | 'replaced' | 'failed';

/** A change of a segment's definition on its way to everybody. */
export interface Backfill {
  readonly id: number;
  readonly workspaceId: WorkspaceId;
  readonly segmentId: SegmentId;
  /** From this version of the plan on, what the definition counts is counted with every event. */
  readonly planVersion: number;
  readonly definition: Segment;
  /** Ids of the aggregates to be made up from the event log. */
  readonly aggregates: readonly string[];
  readonly state: BackfillState;
  /** It takes the old one's place only when somebody has approved it. */
  readonly isReviewed: boolean;
  /** The last profile that is done in this state, by id; empty at its start. */
  readonly walkedTo: string;
  readonly walked: number;
  /** Of whom it is made, as of its start. */
  readonly people: number;
  /** Who comes in and who goes out, as they were counted. */
  readonly entering: number;
  readonly leaving: number;
  readonly sample: BackfillSample;
  readonly error: string | undefined;
  readonly startedAt: EpochMs;
  readonly finishedAt: EpochMs | undefined;
}

export interface BackfillSample {
  readonly entering: readonly ProfileId[];
  readonly leaving: readonly ProfileId[];
}

export type NewBackfill = Pick<
  Backfill,
  | 'workspaceId'
  | 'segmentId'
  | 'planVersion'
  | 'definition'
  | 'aggregates'
  | 'isReviewed'
  | 'startedAt'
> & { readonly state: 'counting' | 'switching' };

export type BackfillChange = Partial<
  Pick<
    Backfill,
    | 'state'
    | 'isReviewed'
    | 'walkedTo'
    | 'walked'
    | 'people'
    | 'entering'
    | 'leaving'
    | 'sample'
    | 'error'
    | 'finishedAt'
  >
>;

/** A person, which profile of theirs is stored, and all others under which their events are. */
export interface StoredPerson {
  readonly profileId: ProfileId;
  readonly version: number;
  /** Tells the profile from an erased one of the same id. */
  readonly incarnation: number;
  readonly absorbed: readonly ProfileId[];
}

export interface StoredState {
  readonly profileId: ProfileId;
  /** What `encodeProfile` wrote. */
  readonly state: string;
}

/** Those are concerned who are in the segment, or of whom one of the aggregates has counted something. */
export interface Concern {
  readonly segmentId: SegmentId;
  readonly aggregates: readonly string[];
}

export interface WalkedPerson extends StoredPerson {
  readonly isConcerned: boolean;
}

/** Of some people, next to each other by id, the states of those who are concerned. */
export interface ConcernedStates {
  readonly people: number;
  /** The last of them; undefined where there are none. */
  readonly upTo: ProfileId | undefined;
  readonly states: readonly StoredState[];
}

/** A merge that was undone: events of the one may be filed under the other. */
export interface UndoneMerge {
  readonly survivorId: ProfileId;
  readonly absorbedId: ProfileId;
  readonly moved: readonly Identifier[];
}

export interface Recount {
  readonly id: number;
  readonly workspaceId: WorkspaceId;
  readonly profileId: ProfileId;
}

export interface BackfillStore {
  /** Stores a new one; unfinished ones of the same segment are replaced by it. */
  start(backfill: NewBackfill): Promise<void>;
  /** The latest of a segment. */
  find(workspaceId: WorkspaceId, segmentId: SegmentId): Promise<Backfill | undefined>;
  unfinished(workspaceId: WorkspaceId): Promise<readonly Backfill[]>;
  /** The oldest unfinished one that waits for nobody, and that nobody else works on before `heldUntil`. */
  claim(now: EpochMs, heldUntil: EpochMs): Promise<Backfill | undefined>;
  /** Of an unfinished one; nothing happens where it was replaced meanwhile. */
  change(id: number, change: BackfillChange, heldUntil: EpochMs): Promise<void>;
  countPeople(workspaceId: WorkspaceId): Promise<number>;
  /** People by id, from the one after `after`. */
  listPeople(
    workspaceId: WorkspaceId,
    after: string,
    limit: number,
    concern: Concern | 'everybody',
  ): Promise<readonly WalkedPerson[]>;
  /** Of the same people, what is stored of those who are concerned. */
  listStates(
    workspaceId: WorkspaceId,
    after: string,
    limit: number,
    concern: Concern | 'everybody',
  ): Promise<ConcernedStates>;
  findPeople(workspaceId: WorkspaceId, ids: readonly ProfileId[]): Promise<readonly StoredPerson[]>;
  findStates(workspaceId: WorkspaceId, ids: readonly ProfileId[]): Promise<readonly StoredState[]>;
  /** Undone merges that these took part in. */
  listUndoneMerges(
    workspaceId: WorkspaceId,
    ids: readonly ProfileId[],
  ): Promise<readonly UndoneMerge[]>;
  /** People of whom everything is to be counted anew, the longest waiting first. */
  listRecounts(limit: number): Promise<readonly Recount[]>;
  countRecounts(workspaceId: WorkspaceId): Promise<number>;
  addRecounts(workspaceId: WorkspaceId, ids: readonly ProfileId[]): Promise<void>;
  removeRecounts(ids: readonly number[]): Promise<void>;
}
