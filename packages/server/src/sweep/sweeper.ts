import type { SegmentId, WorkspaceId } from '@tenth/model/ids.ts';
import { type EpochMs, SECOND_MS } from '@tenth/model/time.ts';
import { WorkLoop } from '../background/work-loop.ts';
import type { Pipeline } from '../commit/pipeline.ts';
import type { SweptTransition } from '../commit/work.ts';
import type { DuePerson, DueStore } from './ports.ts';

export interface SweeperDeps {
  readonly due: DueStore;
  readonly pipeline: Pick<Pipeline, 'sweep'>;
  readonly now: () => EpochMs;
  /** Told of each change that time alone brought about, once it is committed. */
  onSwept?(workspaceId: WorkspaceId, segmentId: SegmentId, lagMs: number): void;
  /** Told of people who could not be looked at; they are tried again. */
  onFailed?(error: unknown): void;
  readonly batchPeople?: number;
}

/** Between two looks at the store at most: another server's events make people due as well. */
const MOST_REST_MS = SECOND_MS;
/** Who is due may be held by another server, or be in a commit that is under way. */
const LEAST_REST_MS = 10;
/** A batch takes some 100 ms; a server that was killed with one holds these people up so long. */
const HELD_MS = 10 * SECOND_MS;
/** Whoever cannot be looked at now is tried again then. */
const POSTPONED_MS = 30 * SECOND_MS;

/**
 * Brings people up to date when time alone changes their segments. What is due stands in the store, so a
 * restart goes on where the process before ended; exactly once, by the version check of the commit.
 */
export class Sweeper {
  readonly #deps: SweeperDeps;
  readonly #batchPeople: number;
  readonly #loop: WorkLoop;

  constructor(deps: SweeperDeps) {
    this.#deps = deps;
    this.#loop = new WorkLoop({
      turn: () => this.#turn(),
      restAfterFailureMs: MOST_REST_MS,
      onFailed: (error) => deps.onFailed?.(error),
    });
    this.#batchPeople = deps.batchPeople ?? 500;
  }

  start(): void {
    this.#loop.start();
  }

  /** Finishes the batch in hand. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /**
   * Looks at everybody who is due by now.
   *
   * @returns How many that were.
   */
  async sweepDue(): Promise<number> {
    let swept = 0;
    while (!this.#loop.isStopping) {
      const now = this.#deps.now();
      const people = await this.#deps.due.take(now, this.#batchPeople, now + HELD_MS);
      await this.#sweep(people, now);
      swept += people.length;
      if (people.length < this.#batchPeople) {
        break;
      }
    }
    return swept;
  }

  async #turn(): Promise<number> {
    await this.sweepDue();
    const next = await this.#deps.due.nextDueAt();
    const restMs = next === undefined ? MOST_REST_MS : next - this.#deps.now();
    return Math.min(Math.max(restMs, LEAST_REST_MS), MOST_REST_MS);
  }

  async #sweep(people: readonly DuePerson[], now: EpochMs): Promise<void> {
    const failed: DuePerson[] = [];
    let cause: unknown;
    await Promise.all(
      people.map(async (person) => {
        try {
          const swept = await this.#deps.pipeline.sweep(person.workspaceId, person.profileId, now);
          this.#measure(person.workspaceId, swept);
        } catch (error) {
          failed.push(person);
          cause = error;
        }
      }),
    );
    if (failed.length > 0) {
      this.#deps.onFailed?.(cause);
      await this.#deps.due.postpone(failed, now + POSTPONED_MS);
    }
  }

  #measure(workspaceId: WorkspaceId, swept: readonly SweptTransition[]): void {
    const committedAt = this.#deps.now();
    for (const { segmentId, dueAt } of swept) {
      if (dueAt !== undefined) {
        this.#deps.onSwept?.(workspaceId, segmentId, committedAt - dueAt);
      }
    }
  }
}
