import type { LogRecord } from '@tenth/model/log-record.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { identifierKey } from '../identify/identifier.ts';
import { buildCommit, type ClosedCommit } from './build-commit.ts';
import type { Person } from './person.ts';
import type { CommitOutcome, CommitStore } from './ports.ts';
import { type Sorted, sortTainted } from './tainted.ts';
import { sizeOf, type Work } from './work.ts';

export interface GroupCommitDeps {
  readonly store: CommitStore;
  readonly toOutboxBody: (records: readonly LogRecord[]) => Uint8Array | Promise<Uint8Array>;
  readonly now: () => EpochMs;
  /** What was open is being committed: more can be taken in. */
  onRoom(): void;
  onCommitted(works: readonly Work[], records: readonly LogRecord[], durationMs: number): void;
  /** Another server was faster; nothing was written. */
  onLost(): void;
  /** These rest on what turned out stale; their people have to be read again. */
  onTainted(sorted: Sorted): void;
  onFailed(works: readonly Work[], error: unknown): void;
}

/**
 * Where several people are at it, commits begin this far apart: each has a cost that does not depend on how
 * many are in it. At 2,000 requests a second on two cores that takes a quarter off the CPU of a request, for
 * 3 ms more in the median (`bench/threads.ts`). A single caller does not wait for company that never comes.
 */
const GAP_MS = 8;
const COMPANY = 4;

/**
 * Commits together what came while the commit before was under way. One commit at a time: the next
 * one rests on the states that this one writes.
 */
export class GroupCommit {
  readonly #deps: GroupCommitDeps;
  #open: Work[] = [];
  #openEvents = 0;
  #isBusy = false;
  /** Let go of while a commit that may rest on them is under way: read anew, they are other objects. */
  readonly #givenUp = new Set<Person>();
  #isScheduled = false;
  /** When the next commit may begin, of `performance.now()`. */
  #notBefore = 0;

  constructor(deps: GroupCommitDeps) {
    this.#deps = deps;
  }

  get openEvents(): number {
    return this.#openEvents;
  }

  add(work: Work): void {
    work.pin();
    this.#open.push(work);
    this.#openEvents += sizeOf(work.request);
    this.#schedule();
  }

  /** Takes out the open requests that rest on these people; what is being committed goes on. */
  abandon(stale: Iterable<Person>): Sorted {
    const sorted = sortTainted(this.#open, stale);
    this.#reopen(sorted.sound);
    unpinAll(sorted.tainted);
    if (this.#isBusy) {
      for (const person of sorted.people) {
        this.#givenUp.add(person);
      }
    }
    return sorted;
  }

  #schedule(): void {
    if (this.#isBusy || this.#isScheduled) {
      return;
    }
    this.#isScheduled = true;
    const begin = () => {
      this.#isScheduled = false;
      void this.#commit();
    };
    const waitMs = this.#notBefore - performance.now();
    if (waitMs > 0) {
      setTimeout(begin, waitMs);
    } else {
      // After what has come in already; the next ones gather while this one is written.
      setImmediate(begin);
    }
  }

  async #commit(): Promise<void> {
    const works = this.#open;
    if (works.length === 0) {
      return;
    }
    this.#reopen([]);
    this.#isBusy = true;
    try {
      await this.#write(works);
    } finally {
      this.#isBusy = false;
      this.#givenUp.clear();
      if (this.#open.length > 0) {
        this.#schedule();
      }
    }
  }

  async #write(works: readonly Work[]): Promise<void> {
    const startedAt = performance.now();
    this.#notBefore = works.length < COMPANY ? 0 : startedAt + GAP_MS;
    let outcome: CommitOutcome;
    let closed: ClosedCommit;
    try {
      closed = buildCommit(works, this.#deps.now());
      // Not before: what runs now belongs to the next commit.
      this.#deps.onRoom();
      if (closed.records.length === 0 && closed.written.size === 0) {
        // Duplicates only. What they repeat was committed before, since commits go one at a time.
        outcome = { kind: 'done' };
      } else {
        const outboxBody =
          closed.records.length === 0 ? undefined : await this.#deps.toOutboxBody(closed.records);
        outcome = await this.#deps.store.write({ ...closed.commit, outboxBody });
      }
    } catch (error) {
      this.#fail(works, error);
      return;
    }
    if (outcome.kind === 'lost') {
      this.#giveBack(works, staleOf(works, outcome));
      return;
    }
    for (const [person, profile] of closed.written) {
      person.version += 1;
      person.stored = profile;
    }
    unpinAll(works);
    this.#deps.onCommitted(works, closed.records, performance.now() - startedAt);
  }

  /** Somebody else was faster: runs again what rests on it, and commits the rest with the next. */
  #giveBack(works: readonly Work[], stale: readonly Person[]): void {
    this.#deps.onLost();
    const sorted = sortTainted([...works, ...this.#open], [...stale, ...this.#givenUp]);
    this.#reopen(sorted.sound);
    unpinAll(sorted.tainted);
    this.#deps.onTainted(sorted);
  }

  #fail(works: readonly Work[], error: unknown): void {
    const touched = new Set(works.flatMap((work) => [...work.touched]));
    const sorted = sortTainted(this.#open, touched);
    this.#reopen(sorted.sound);
    unpinAll(sorted.tainted);
    unpinAll(works);
    this.#deps.onTainted(sorted);
    this.#deps.onFailed(works, error);
  }

  #reopen(works: readonly Work[]): void {
    this.#open = [...works];
    this.#openEvents = works.reduce((sum, { request }) => sum + sizeOf(request), 0);
  }
}

/** The people whose stored state is not the one these requests rest on; all, when it cannot be told. */
function staleOf(
  works: readonly Work[],
  lost: Extract<CommitOutcome, { kind: 'lost' }>,
): readonly Person[] {
  const profiles = new Set(lost.profiles.map((ref) => `${ref.workspaceId}\n${ref.profileId}`));
  const keys = new Set(
    lost.identifiers.map((ref) => identifierKey(ref.workspaceId, ref.identifier)),
  );
  const touched = [...new Set(works.flatMap((work) => [...work.touched]))];
  const stale = touched.filter((person) => profiles.has(`${person.workspaceId}\n${person.id}`));
  for (const work of works) {
    for (const { workspaceId, identifier, profileId } of work.identifiers) {
      if (keys.has(identifierKey(workspaceId, identifier))) {
        const person = touched.find(
          (one) => one.id === profileId && one.workspaceId === workspaceId,
        );
        if (person !== undefined) {
          stale.push(person);
        }
      }
    }
  }
  return stale.length === 0 ? touched : stale;
}

function unpinAll(works: readonly Work[]): void {
  for (const work of works) {
    work.unpin();
  }
}
