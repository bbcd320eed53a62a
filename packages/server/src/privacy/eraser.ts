import { randomBytes } from 'node:crypto';
import type { ErasedTable } from '@tenth/model/erasure.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { type EpochMs, HOUR_MS, SECOND_MS } from '@tenth/model/time.ts';
import { WorkLoop } from '../background/work-loop.ts';
import type { KeyedHashes } from './keyed-hashes.ts';
import { tracesOf } from './person-traces.ts';
import { findPlanReferences } from './plan-references.ts';
import type {
  ErasureLog,
  ErasureStore,
  MemberLists,
  ShippingState,
  StoredErasure,
} from './ports.ts';
import { type NamedBy, type Suppressions, suppressionName } from './suppressions.ts';
import { untilShipped } from './until-shipped.ts';

export interface EraserDeps {
  readonly store: ErasureStore;
  readonly shipping: ShippingState;
  readonly log: ErasureLog;
  readonly lists: MemberLists;
  readonly suppressions: Pick<Suppressions, 'load'>;
  readonly hashes: KeyedHashes;
  readonly planOf: (workspaceId: WorkspaceId) => PlanDefinition;
  /** Waits until what was taken in before is committed or refused. */
  readonly settle: () => Promise<void>;
  /** Lets go of people in memory. */
  readonly forget: (workspaceId: WorkspaceId, profileIds: readonly ProfileId[]) => void;
  readonly now: () => EpochMs;
  /** How long other nodes may take to learn of a suppression. */
  readonly graceMs: number;
  /** How long a node that does this no more may still have an erasure in hand. */
  readonly handoverMs: number;
  /** Told of a try that failed; it is tried again. */
  onFailed?(error: unknown): void;
}

/** Between two looks at the store: requests to another node wait so long. */
const REST_MS = 2 * SECOND_MS;
/** What is left over is of nodes that were killed: rare. */
const BETWEEN_SWEEPS_MS = HOUR_MS;
/** Each try is lost to an event of the same person that was committed in between. */
const MOST_TRIES = 50;

/**
 * Erases people, one after the other: out of the operational store in one transaction, out of uploaded
 * lists, and, once all that was committed before has been shipped, out of the event log. Each step can be
 * done again, so that a restart, or a second node at the same work, does no harm.
 */
export class Eraser {
  readonly #deps: EraserDeps;
  readonly #loop: WorkLoop;
  #sweepsAt: EpochMs = 0;

  constructor(deps: EraserDeps) {
    this.#deps = deps;
    this.#loop = new WorkLoop({
      turn: async () => {
        await this.eraseWaiting();
        await this.#forgetLeftovers();
        return REST_MS;
      },
      restAfterFailureMs: REST_MS,
      onFailed: (error) => deps.onFailed?.(error),
    });
  }

  /** Takes an erasure down. From then on nothing that happened before is taken in of the person. */
  async request(
    workspaceId: WorkspaceId,
    personId: ProfileId,
    identifiers: readonly NamedBy[],
  ): Promise<StoredErasure> {
    return this.#take(workspaceId, [personId], identifiers);
  }

  /**
   * Takes an erasure of many people down: one transaction, one certificate. Nobody has asked for it, so it
   * names no subjects and suppresses nothing: whoever an import brings back begins anew.
   */
  async requestMany(
    workspaceId: WorkspaceId,
    personIds: readonly ProfileId[],
  ): Promise<StoredErasure> {
    return this.#take(workspaceId, personIds, []);
  }

  async #take(
    workspaceId: WorkspaceId,
    personIds: readonly ProfileId[],
    identifiers: readonly NamedBy[],
  ): Promise<StoredErasure> {
    const { store, suppressions, now } = this.#deps;
    const erasureId = randomBytes(12).toString('hex');
    await store.create({
      workspaceId,
      erasureId,
      personIds,
      requestedAt: now(),
      subjects: await this.#subjectsOf(workspaceId, identifiers),
    });
    await suppressions.load();
    this.#loop.wake();
    const created = await store.find(workspaceId, erasureId);
    if (created === undefined) {
      throw new Error(`erasure ${erasureId} was not kept`);
    }
    return created;
  }

  start(): void {
    this.#sweepsAt = this.#deps.now() + this.#deps.handoverMs;
    this.#loop.start();
  }

  /** Finishes the step in hand, and leaves the event log deleting: the next start goes on from there. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Works off what was asked for, as far as its time has come. */
  async eraseWaiting(): Promise<void> {
    const { store, onFailed, now, graceMs } = this.#deps;
    for (const erasure of await store.listUnfinished()) {
      if (this.#loop.isStopping) {
        return;
      }
      if (erasure.requestedAt + graceMs > now()) {
        continue;
      }
      try {
        await this.#erase(erasure);
      } catch (error) {
        onFailed?.(error);
        const waitingFor = 'A store did not do as asked; the log of the server says more.';
        await store.noteProblem(erasure.workspaceId, erasure.erasureId, waitingFor);
      }
    }
  }

  async #erase(requested: StoredErasure): Promise<void> {
    const { store, shipping, log, lists, planOf, now } = this.#deps;
    const { workspaceId, erasureId } = requested;
    const erasure = requested.removal === undefined ? await this.#remove(requested) : requested;
    const { removal } = erasure;
    if (removal === undefined) {
      throw new Error(`erasure ${erasureId} does not know what to remove`);
    }
    const listed = await lists.remove(workspaceId, removal.traces);
    // All that was committed of the person is in the event log then: what comes later is not of them.
    await untilShipped(shipping, removal.lastOutboxId, () => this.#loop.isStopping);
    const isStopped = () => this.#loop.isStopping;
    const logged = await log.remove(workspaceId, { ...removal, erasureId }, isStopped);
    if (logged === undefined) {
      return;
    }
    // Whoever began anew meanwhile may have been merged: their links went with the old ones.
    await log.link(workspaceId, await store.listLinks(workspaceId, removal.traces.profileIds));
    const memberRows: ErasedTable = {
      store: 'operational',
      table: 'list_members',
      removed: listed,
      left: 0,
    };
    await store.finish(workspaceId, erasureId, {
      tables: [...erasure.tables, memberRows, ...logged],
      planReferences: findPlanReferences(planOf(workspaceId), removal.traces),
      verifiedAt: now(),
    });
  }

  /** Traces that no erasure needs any more: of a node that was killed, or came too late. */
  async #forgetLeftovers(): Promise<void> {
    const { store, log, now } = this.#deps;
    if (this.#loop.isStopping || now() < this.#sweepsAt) {
      return;
    }
    const noted = await log.listNoted();
    // Asked afterwards: whatever was noted since then belongs to one of these.
    const unfinished = new Set((await store.listUnfinished()).map(({ erasureId }) => erasureId));
    for (const erasureId of noted.filter((one) => !unfinished.has(one))) {
      await log.forget(erasureId);
    }
    this.#sweepsAt = now() + BETWEEN_SWEEPS_MS;
  }

  /** Out of the operational store, in a state that nobody has changed since it was read. */
  async #remove(erasure: StoredErasure): Promise<StoredErasure> {
    const { store, suppressions, settle, forget } = this.#deps;
    const { workspaceId, erasureId, personIds } = erasure;
    // What came in before the suppression stood would otherwise be taken for news of a new person.
    await settle();
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const person =
        personIds.length === 0 ? undefined : await store.readPeople(workspaceId, personIds);
      const state = person ?? { profiles: [], identifiers: [], snapshots: [], givenBack: [] };
      const traces = tracesOf(workspaceId, state);
      const subjects = await this.#subjectsOf(
        workspaceId,
        erasure.subjects.length === 0 ? [] : state.identifiers,
      );
      if (await store.removePeople(erasure, state, { traces, subjects })) {
        await suppressions.load();
        forget(workspaceId, traces.profileIds);
        const removed = await store.find(workspaceId, erasureId);
        if (removed !== undefined) {
          return removed;
        }
      }
    }
    throw new Error(`erasure ${erasureId}: the person changed each time before they were removed`);
  }

  #subjectsOf(
    workspaceId: WorkspaceId,
    identifiers: readonly NamedBy[],
  ): Promise<readonly string[]> {
    return Promise.all(
      identifiers.map((one) =>
        this.#deps.hashes.hash(workspaceId, 'suppression', suppressionName(one)),
      ),
    );
  }
}
