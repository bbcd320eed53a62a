import type { Decision } from '@tenth/model/decision.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { LoggedDecision, LoggedEvent } from '@tenth/model/log-record.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Person } from './person.ts';
import type { MergeWrite, PointedTo } from './ports.ts';

export interface ProcessOutcome {
  readonly decisions: readonly Decision[];
  /** Events that had been processed before. */
  readonly duplicates: number;
}

/** Events that came together and are answered together. */
export interface Request {
  readonly workspaceId: WorkspaceId;
  readonly events: readonly SiteEvent[];
  readonly isDeciding: boolean;
  readonly now: EpochMs;
  /** Keys of all identifiers the events name. */
  readonly keys: readonly string[];
  /** Times it was run in vain. */
  attempts: number;
  resolve(outcome: ProcessOutcome): void;
  reject(error: Error): void;
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
