import type { Plan } from '@tenth/engine/plan/plan.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { Contention } from './contention.ts';
import { GroupCommit } from './group-commit.ts';
import { keysOf, Loader } from './loader.ts';
import { PersonCache } from './person-cache.ts';
import { PlanBehind } from './plan-behind.ts';
import type { CommitStore } from './ports.ts';
import { runRequest } from './run-request.ts';
import { runSweep } from './run-sweep.ts';
import type { Sorted } from './tainted.ts';
import {
  type Outcome,
  type PersonTask,
  type ProcessOutcome,
  type Request,
  type SweptTransition,
  sizeOf,
  Work,
} from './work.ts';

export interface PipelineOptions {
  /** People kept in memory; a profile takes about 10 KB there. */
  readonly mostPeople?: number;
  /** Events that may wait, over all requests, before new ones are refused. */
  readonly mostWaitingEvents?: number;
  /** Events in one commit. */
  readonly mostCommitEvents?: number;
}

export interface PipelineDeps {
  readonly store: CommitStore;
  /** @throws {Problem} There is no such workspace. */
  readonly plans: {
    get(workspaceId: WorkspaceId): Plan;
    /** Takes over what another server has published. Without it there is no other server that could. */
    refresh?(workspaceId: WorkspaceId): Promise<void>;
  };
  readonly toOutboxBody: (records: readonly LogRecord[]) => Uint8Array | Promise<Uint8Array>;
  readonly now: () => EpochMs;
  /** Told of each commit, after it stands: the live stream. Must not throw. */
  onCommitted?(records: readonly LogRecord[]): void;
  /** Told of each commit that failed, with its cause, which callers do not get. */
  onFailed?(error: unknown): void;
  readonly options?: PipelineOptions;
}

export interface PipelineStats {
  readonly people: number;
  readonly waitingEvents: number;
  readonly commits: number;
  readonly committedEvents: number;
  readonly lastCommitMs: number;
  /** Requests run again because another server was faster. */
  readonly rerunRequests: number;
  /** Identifiers that requests named. */
  readonly lookups: number;
  /** Those of them whose person was not in memory. */
  readonly missedLookups: number;
}

export interface Pipeline {
  /**
   * Takes events through identify, reduce, evaluate, decide and commit. Events of one person run in
   * the order in which they came in.
   *
   * @param isDeciding Whether somebody waits to be shown something.
   * @param now The decisions' moment.
   * @returns Once all is committed.
   * @throws {Problem} body-invalid: an event names nobody. store-unavailable: nothing of the request
   *   is stored, or that is not known; sent again with the same message ids, nothing counts twice.
   */
  process(
    workspaceId: WorkspaceId,
    events: readonly SiteEvent[],
    isDeciding: boolean,
    now: EpochMs,
  ): Promise<ProcessOutcome>;
  /**
   * Brings a person up to date with what time alone, a merge or a new plan changes of their segments,
   * and tells of it. Does nothing for somebody there is not.
   *
   * @returns Once all is committed: what became different.
   * @throws {Problem} store-unavailable, as {@link process}.
   */
  sweep(
    workspaceId: WorkspaceId,
    profileId: ProfileId,
    now: EpochMs,
  ): Promise<readonly SweptTransition[]>;
  /** As {@link sweep}, of several people in one commit. */
  sweepAll(
    workspaceId: WorkspaceId,
    profileIds: readonly ProfileId[],
    now: EpochMs,
  ): Promise<readonly SweptTransition[]>;
  /**
   * Puts what was counted anew out of the event log in the place of what people's profiles have of it,
   * and brings them up to date with it, in one commit.
   *
   * @returns The profiles then, once they are committed, of all that are still those that were counted.
   * @throws {Problem} store-unavailable, as {@link process}.
   */
  recount(
    workspaceId: WorkspaceId,
    tasks: readonly PersonTask[],
    now: EpochMs,
  ): Promise<readonly Profile[]>;
  /** Waits until what was taken before is committed or refused; what comes meanwhile does not count. */
  settle(): Promise<void>;
  /** Lets go of people in memory who are gone from the store. Who is in a commit now loses its race. */
  forget(workspaceId: WorkspaceId, profileIds: readonly ProfileId[]): void;
  stats(): PipelineStats;
  /** Waits until all that was taken is committed or refused. */
  drain(): Promise<void>;
}

/** Each try is lost to a commit of another server that went through. */
const MOST_ATTEMPTS = 50;

export function createPipeline(deps: PipelineDeps): Pipeline {
  return new EventPipeline(deps);
}

class EventPipeline implements Pipeline {
  readonly #deps: PipelineDeps;
  readonly #mostWaitingEvents: number;
  readonly #mostCommitEvents: number;
  readonly #cache: PersonCache;
  readonly #commit: GroupCommit;
  readonly #loader: Loader;
  readonly #contention = new Contention();
  /** In order of arrival; those waiting for people to be read, or for room in a commit. */
  #queue: Request[] = [];
  /** Identifiers of queued requests: who shares one queues behind. */
  readonly #queuedKeys = new Map<string, number>();
  /** Requests that wait for a newer plan, in order. */
  readonly #behind = new Map<WorkspaceId, Request[]>();
  #isLoading = false;
  #waitingEvents = 0;
  #lastNumber = 0;
  /** Numbers of the requests that were taken and not settled. */
  readonly #underWay = new Set<number>();
  #commits = 0;
  #committedEvents = 0;
  #lastCommitMs = 0;
  #rerunRequests = 0;
  #lookups = 0;

  constructor(deps: PipelineDeps) {
    const { mostPeople, mostWaitingEvents, mostCommitEvents } = deps.options ?? {};
    this.#deps = deps;
    this.#mostWaitingEvents = mostWaitingEvents ?? 20_000;
    this.#mostCommitEvents = mostCommitEvents ?? 4_000;
    this.#cache = new PersonCache(mostPeople ?? 20_000);
    this.#loader = new Loader(deps.store, this.#cache);
    this.#commit = new GroupCommit({
      store: deps.store,
      toOutboxBody: deps.toOutboxBody,
      now: deps.now,
      onCommitted: (works, records, durationMs) => this.#onCommitted(works, records, durationMs),
      onRoom: () => this.#pump(),
      onLost: () => this.#onLost(),
      onTainted: (sorted) => this.#runAgain(sorted),
      onFailed: (works, error) => this.#onFailed(works, error),
    });
  }

  async process(
    workspaceId: WorkspaceId,
    events: readonly SiteEvent[],
    isDeciding: boolean,
    now: EpochMs,
  ): Promise<ProcessOutcome> {
    const keys = keysOf(workspaceId, events);
    const work = await this.#ask({ workspaceId, events, people: [], isDeciding, now, keys });
    const { decisions, duplicates, logged } = work;
    return { decisions, duplicates, logged };
  }

  sweep(
    workspaceId: WorkspaceId,
    profileId: ProfileId,
    now: EpochMs,
  ): Promise<readonly SweptTransition[]> {
    return this.sweepAll(workspaceId, [profileId], now);
  }

  async sweepAll(
    workspaceId: WorkspaceId,
    profileIds: readonly ProfileId[],
    now: EpochMs,
  ): Promise<readonly SweptTransition[]> {
    const people = profileIds.map((profileId) => ({ profileId, recount: undefined }));
    return (await this.#bringUpToDate(workspaceId, people, now)).swept;
  }

  async recount(
    workspaceId: WorkspaceId,
    tasks: readonly PersonTask[],
    now: EpochMs,
  ): Promise<readonly Profile[]> {
    return (await this.#bringUpToDate(workspaceId, tasks, now)).recounted;
  }

  async settle(): Promise<void> {
    const last = this.#lastNumber;
    while ([...this.#underWay].some((number) => number <= last)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  forget(workspaceId: WorkspaceId, profileIds: readonly ProfileId[]): void {
    for (const profileId of profileIds) {
      const person = this.#cache.find(workspaceId, profileId);
      if (person?.pins === 0) {
        this.#cache.remove(person);
      }
    }
  }

  stats(): PipelineStats {
    return {
      people: this.#cache.size,
      waitingEvents: this.#waitingEvents,
      commits: this.#commits,
      committedEvents: this.#committedEvents,
      lastCommitMs: this.#lastCommitMs,
      rerunRequests: this.#rerunRequests,
      lookups: this.#lookups,
      missedLookups: this.#loader.missedLookups,
    };
  }

  async drain(): Promise<void> {
    while (this.#waitingEvents > 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #bringUpToDate(workspaceId: WorkspaceId, people: readonly PersonTask[], now: EpochMs) {
    return this.#ask({ workspaceId, events: [], people, isDeciding: false, now, keys: [] });
  }

  #ask(asked: Omit<Request, 'number' | 'attempts' | 'resolve' | 'reject'>): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#lastNumber += 1;
      this.#take({ ...asked, number: this.#lastNumber, attempts: 0, resolve, reject });
    });
  }

  #take(request: Request): void {
    const size = sizeOf(request);
    if (size === 0) {
      request.resolve({ decisions: [], duplicates: 0, logged: [], swept: [], recounted: [] });
      return;
    }
    if (this.#waitingEvents > 0 && this.#waitingEvents + size > this.#mostWaitingEvents) {
      request.reject(new Problem('store-unavailable', 'too many events are waiting to be stored'));
      return;
    }
    this.#waitingEvents += size;
    this.#underWay.add(request.number);
    this.#lookups += request.keys.length;
    if (this.#canRunAtOnce(request)) {
      this.#run(request);
      this.#cache.trim();
    } else {
      this.#enqueue([request], 'last');
      this.#pump();
    }
  }

  /** Everybody it names is in memory, and nobody who came before and names one of them still waits. */
  #canRunAtOnce({ workspaceId, keys, people }: Request): boolean {
    return (
      this.#hasRoom() &&
      people.every(({ profileId }) => this.#cache.find(workspaceId, profileId) !== undefined) &&
      keys.every((key) => this.#cache.hasIdentifier(key) && !this.#queuedKeys.has(key))
    );
  }

  #hasRoom(): boolean {
    return this.#commit.openEvents < this.#mostCommitEvents;
  }

  #enqueue(requests: readonly Request[], place: 'first' | 'last'): void {
    this.#queue = place === 'first' ? [...requests, ...this.#queue] : [...this.#queue, ...requests];
    for (const { keys } of requests) {
      for (const key of keys) {
        this.#queuedKeys.set(key, (this.#queuedKeys.get(key) ?? 0) + 1);
      }
    }
  }

  #dequeue({ keys }: Request): void {
    for (const key of keys) {
      const count = this.#queuedKeys.get(key) ?? 0;
      if (count > 1) {
        this.#queuedKeys.set(key, count - 1);
      } else {
        this.#queuedKeys.delete(key);
      }
    }
  }

  /** Runs what is queued, in order of arrival, as far as there is room; reads people first. */
  #pump(): void {
    if (this.#isLoading || this.#queue.length === 0 || !this.#hasRoom()) {
      return;
    }
    const round = this.#takeRound();
    this.#isLoading = true;
    this.#loader
      .load(round)
      .then(
        () => this.#runRound(round),
        (error: unknown) => this.#refuse(round, error),
      )
      .finally(() => {
        this.#isLoading = false;
        this.#pump();
      });
  }

  #takeRound(): readonly Request[] {
    let room = this.#mostCommitEvents - this.#commit.openEvents;
    let count = 0;
    for (const request of this.#queue) {
      if (room <= 0) {
        break;
      }
      room -= sizeOf(request);
      count += 1;
    }
    const round = this.#queue.slice(0, count);
    this.#queue = this.#queue.slice(count);
    return round;
  }

  #runRound(round: readonly Request[]): void {
    for (const request of round) {
      this.#dequeue(request);
      this.#run(request);
    }
    this.#cache.trim();
  }

  #run(request: Request): void {
    const work = new Work(request);
    try {
      const plan = this.#deps.plans.get(request.workspaceId);
      runRequest(work, this.#cache, plan);
      runSweep(work, this.#cache, plan);
    } catch (error) {
      // It may have got half way: its people are read again, and whoever built on them runs again.
      this.#runAgain(this.#commit.abandon(work.touched));
      if (error instanceof PlanBehind && this.#deps.plans.refresh !== undefined) {
        this.#catchUp(request, this.#deps.plans.refresh);
        return;
      }
      this.#settle(request);
      request.reject(asError(error));
      return;
    }
    this.#commit.add(work);
  }

  /** Runs a request again once the plan is as new as its people. */
  #catchUp(request: Request, refresh: (workspaceId: WorkspaceId) => Promise<void>): void {
    const { workspaceId } = request;
    request.attempts += 1;
    const waiting = this.#behind.get(workspaceId);
    if (waiting !== undefined) {
      waiting.push(request);
      return;
    }
    const late = [request];
    this.#behind.set(workspaceId, late);
    const goOn = (error?: unknown) => {
      this.#behind.delete(workspaceId);
      const isHopeless = error !== undefined || request.attempts >= MOST_ATTEMPTS;
      if (isHopeless) {
        for (const one of late) {
          this.#settle(one);
          one.reject(unavailable(error));
        }
      } else {
        this.#enqueue(late, 'first');
      }
      this.#pump();
    };
    refresh(workspaceId).then(() => goOn(), goOn);
  }

  #onCommitted(works: readonly Work[], records: readonly LogRecord[], durationMs: number): void {
    this.#commits += 1;
    const now = this.#deps.now();
    this.#contention.add(false, now);
    const isContended = this.#contention.isHigh(now);
    this.#lastCommitMs = durationMs;
    for (const work of works) {
      const { request, merges, duplicates } = work;
      for (const { absorbed } of merges) {
        if (absorbed.pins === 0 && absorbed.mergedInto !== undefined) {
          this.#cache.remove(absorbed);
        }
      }
      if (request.people.length > 0) {
        this.#letGoOfUnnamed(work);
      }
      if (isContended) {
        this.#letGoOfIdle(work);
      }
      this.#committedEvents += request.events.length - duplicates;
      this.#settle(request);
      request.resolve(work);
    }
    if (records.length > 0) {
      this.#deps.onCommitted?.(records);
    }
    this.#cache.trim();
  }

  #runAgain({ tainted, people }: Sorted): void {
    for (const person of people) {
      this.#cache.remove(person);
    }
    const again: Request[] = [];
    for (const { request } of tainted) {
      request.attempts += 1;
      this.#rerunRequests += 1;
      if (request.attempts < MOST_ATTEMPTS) {
        again.push(request);
      } else {
        this.#settle(request);
        request.reject(new Problem('store-unavailable', 'other servers were faster each time'));
      }
    }
    this.#enqueue(again, 'first');
    this.#pump();
  }

  #onFailed(works: readonly Work[], error: unknown): void {
    for (const work of works) {
      for (const person of work.touched) {
        this.#cache.remove(person);
      }
      this.#settle(work.request);
      work.request.reject(unavailable(error));
    }
    this.#deps.onFailed?.(error);
    this.#pump();
  }

  #refuse(round: readonly Request[], error: unknown): void {
    for (const request of round) {
      this.#dequeue(request);
      this.#settle(request);
      request.reject(unavailable(error));
    }
    this.#deps.onFailed?.(error);
  }

  /** Who was read for a sweep alone must not crowd out those who are on the site. */
  #letGoOfUnnamed({ touched }: Work): void {
    for (const person of touched) {
      if (person.pins === 0 && person.keys.size === 0) {
        this.#cache.remove(person);
      }
    }
  }

  #onLost(): void {
    if (this.#contention.add(true, this.#deps.now())) {
      this.#cache.removeIdle();
    }
  }

  /** By their next event another server may have changed them; whoever has one open now stays. */
  #letGoOfIdle({ touched }: Work): void {
    for (const person of touched) {
      if (person.pins === 0) {
        this.#cache.remove(person);
      }
    }
  }

  #settle(request: Request): void {
    this.#waitingEvents -= sizeOf(request);
    this.#underWay.delete(request.number);
  }
}

function unavailable(cause: unknown): Problem {
  const problem = new Problem('store-unavailable', 'events cannot be stored now; send them again');
  problem.cause = cause;
  return problem;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
