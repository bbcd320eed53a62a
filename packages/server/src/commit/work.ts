import type { Recounted } from '@tenth/engine/aggregate/recount.ts';
import type { Decision } from '@tenth/model/decision.ts';
import type { SiteEvent, TransitionCause } from '@tenth/model/event.ts';
import type { ProfileId, SegmentId, WorkspaceId } from '@tenth/model/ids.ts';
import type { LoggedDecision, LoggedEvent } from '@tenth/model/log-record.ts';
import type { Profile, Transition } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Person } from './person.ts';
import type { MergeWrite, PointedTo } from './ports.ts';

export interface ProcessOutcome {
  readonly decisions: readonly Decision[];
  /** Events that had been processed before. */
  readonly duplicates: number;
  /** Events as they were filed, in order; those that Tenth made itself among them. */
  readonly logged: readonly LoggedEvent[];
}

/** A change of membership that no event brought about. */
export interface SweptTransition {
  readonly segmentId: SegmentId;
  readonly kind: Transition['kind'];
  readonly cause: Exclude<TransitionCause, 'event'>;
  /**
   * When it was due; undefined where it was not time that brought it about, or the person came in with it
   * overdue.
   */
  readonly dueAt: EpochMs | undefined;
}

export interface PersonTask {
  readonly profileId: ProfileId;
  /** What was counted anew out of the event log, and what the profile was then. */
  readonly recount:
    | {
        readonly recounted: Recounted;
        readonly version: number;
        readonly incarnation: number;
      }
    | undefined;
}

/** What a request has brought about. */
export type Outcome = Pick<Work, keyof ProcessOutcome | 'swept' | 'recounted'>;

/** Events that came together and are answered together; or people to be brought up to date. */
export interface Request {
  readonly workspaceId: WorkspaceId;
  readonly events: readonly SiteEvent[];
  /** To be brought up to date with time and with the plan; each is written, whatever it has changed. */
  readonly people: readonly PersonTask[];
  readonly isDeciding: boolean;
  readonly now: EpochMs;
  /** Keys of all identifiers the events name. */
  readonly keys: readonly string[];
  /** In the order in which they were taken. */
  readonly number: number;
  /** Times it was run in vain. */
  attempts: number;
  /** Told once all is committed. */
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

/** How much it is, of what a commit has room for. */
export function sizeOf({ events, people }: Pick<Request, 'events' | 'people'>): number {
  return events.length + people.length;
}

/** A merge under way; its link is numbered when it is committed. */
export interface PendingMerge {
  readonly survivor: Person;
  readonly absorbed: Person;
  readonly write: MergeWrite;
}

/** What running a request has brought about in memory and still has to be committed. */
export class Work {
  readonly request: Request;
  /** All people it rests on: what it says of them is void when one of them turns out stale. */
  readonly touched = new Set<Person>();
  readonly changed = new Set<Person>();
  readonly identifiers: PointedTo[] = [];
  readonly merges: PendingMerge[] = [];
  readonly logged: LoggedEvent[] = [];
  readonly loggedDecisions: LoggedDecision[] = [];
  readonly decisions: Decision[] = [];
  readonly swept: SweptTransition[] = [];
  /** Profiles that took what was counted anew of them. */
  readonly recounted: Profile[] = [];
  duplicates = 0;

  constructor(request: Request) {
    this.request = request;
  }

  /** Keeps the people in the cache until {@link unpin}. */
  pin(): void {
    for (const person of this.touched) {
      person.pins += 1;
    }
  }

  unpin(): void {
    for (const person of this.touched) {
      person.pins -= 1;
    }
  }
}
