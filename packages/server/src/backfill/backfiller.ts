import type { Aggregate } from '@tenth/engine/aggregate/compile-aggregate.ts';
import { sweepProfile } from '@tenth/engine/evaluate/evaluate.ts';
import { answerWithoutEvents } from '@tenth/engine/plan/answer-without-events.ts';
import { compileConditionAlone, type Plan } from '@tenth/engine/plan/plan.ts';
import { decodeProfile } from '@tenth/engine/profile.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '@tenth/model/time.ts';
import type { PublishedPlan } from '../admin/plan-registry.ts';
import { isPrepared, withoutPrepared, withSegment } from '../admin/prepared-segments.ts';
import type { Publisher } from '../admin/publisher.ts';
import { WorkLoop } from '../background/work-loop.ts';
import type { Pipeline } from '../commit/pipeline.ts';
import { Difference } from './difference.ts';
import { forEachSlice } from './people-slices.ts';
import type {
  Backfill,
  BackfillChange,
  BackfillStore,
  Concern,
  StoredState,
  WalkedPerson,
} from './ports.ts';
import { makeAhead, readAhead } from './read-ahead.ts';
import { countPeople, type RecountDeps, recountPeople } from './recount-people.ts';
import { pageOf, Walk, type WalkedBy, type WalkedPage } from './walk.ts';

export interface BackfillerDeps extends Omit<RecountDeps, 'store' | 'pipeline'> {
  readonly store: BackfillStore;
  readonly pipeline: Pick<Pipeline, 'recount' | 'sweepAll' | 'settle'>;
  readonly plans: { find(workspaceId: WorkspaceId): PublishedPlan | undefined };
  readonly publisher: Pick<Publisher, 'publish'>;
  /** Until every server has taken a new plan over: what an older plan still does is not missed. */
  readonly graceMs: number;
  onFailed?(error: unknown): void;
  readonly pagePeople?: number;
  /** After each step it is stored how far the work has come. */
  readonly stepPages?: number;
}

/** Between two looks at the store; a change made here is taken up at once. */
const REST_MS = SECOND_MS;
/**
 * A server that was killed holds its work up so long. One server at a time has the work, so a step that
 * takes longer is not begun by another meanwhile; begun twice it would do no harm.
 */
const HELD_MS = 30 * SECOND_MS;
/** Their history is read while the people before them are written. */
const PAGES_AHEAD = 2;
/** People who never stand still are counted later, rather than keep a segment from everybody else. */
const MOST_WAIT_MS = 10 * MINUTE_MS;

/**
 * Brings changes of segments to everybody, some pages of people at a time; what is done stands in the store,
 * so a restart goes on from there. First the counts are made up from the event log, while the old
 * definition stands; then the new one takes its place at once; then memberships follow.
 */
export class Backfiller {
  readonly #deps: BackfillerDeps;
  readonly #pagePeople: number;
  readonly #loop: WorkLoop;

  constructor(deps: BackfillerDeps) {
    this.#deps = deps;
    this.#pagePeople = deps.pagePeople ?? 4_000;
    this.#loop = new WorkLoop({
      turn: async () => ((await this.step()) ? 0 : REST_MS),
      restAfterFailureMs: REST_MS,
      onFailed: (error) => deps.onFailed?.(error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Finishes the page in hand. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** There is something to do. */
  wake(): void {
    this.#loop.wake();
  }

  /**
   * Does the next pages of work.
   *
   * @returns Whether there was any.
   */
  async step(): Promise<boolean> {
    if (await this.#recountWaiting()) {
      return true;
    }
    const { store, now } = this.#deps;
    const backfill = await store.claim(now(), now() + HELD_MS);
    if (backfill === undefined) {
      return false;
    }
    const published = this.#deps.plans.find(backfill.workspaceId);
    const isEarly =
      published === undefined ||
      published.definition.version < backfill.planVersion ||
      now() < backfill.startedAt + this.#deps.graceMs;
    if (isEarly) {
      await store.change(backfill.id, {}, now() + REST_MS);
      return false;
    }
    let change: BackfillChange | undefined;
    try {
      change =
        backfill.state === 'counting'
          ? await this.#count(backfill, published)
          : await this.#switch(backfill, published);
    } catch (error) {
      // Free at once for another try; pages that are done stay done.
      await store.change(backfill.id, {}, now() + REST_MS);
      throw error;
    }
    await store.change(backfill.id, change ?? {}, this.#heldUntil(change));
    return change !== undefined;
  }

  /** When the work goes on. A definition that took its place is first heard of by every server. */
  #heldUntil(change: BackfillChange | undefined): EpochMs {
    if (change === undefined) {
      return this.#deps.now() + REST_MS;
    }
    const isSwitched = change.state === 'switching' && this.#deps.graceMs > 0;
    return isSwitched ? this.#deps.now() + this.#deps.graceMs : 0;
  }

  /** Some pages of the counts; the switch, once there is none left. Undefined: to be waited for. */
  async #count(backfill: Backfill, published: PublishedPlan): Promise<BackfillChange | undefined> {
    const { store, now } = this.#deps;
    const { workspaceId, definition } = backfill;
    if (!isPrepared(published.definition, definition)) {
      // It may have been switched to just before this server was killed.
      const isLive = published.definition.segments.some(
        (one) => JSON.stringify(one) === JSON.stringify(definition),
      );
      return isLive ? startOf('switching') : { state: 'replaced', finishedAt: now() };
    }
    const begun = await this.#begin(backfill);
    const aggregates = chosen(published, new Set(backfill.aggregates));
    const difference = new Difference(backfill, published, now());
    const concern = concernOf(backfill, published);
    const walk = this.#walk(backfill, async (after) => {
      const people = await store.listPeople(workspaceId, after, this.#pagePeople, concern);
      return pageOf(after, people.at(-1)?.profileId, people.length, people);
    });
    const concerned: ProfileId[] = [];
    const pages = makeAhead(
      readAhead(walk.pages()),
      ({ found, range }) => {
        concerned.push(...concernedOf(found));
        return countPeople(this.#deps, workspaceId, found, aggregates, range);
      },
      PAGES_AHEAD,
    );
    const { counted, left } = await recountPeople(
      this.#deps,
      workspaceId,
      pages,
      aggregates,
      (profiles) => difference.add(profiles),
    );
    if (walk.isAtEnd) {
      const isComplete = (await store.countRecounts(workspaceId)) === 0;
      if (!isComplete && now() <= backfill.startedAt + MOST_WAIT_MS) {
        return undefined;
      }
      return backfill.isReviewed ? { state: 'ready' } : this.#putInPlace(backfill);
    }
    if (left.length > 0) {
      await store.addRecounts(workspaceId, left);
    }
    const seen = new Set([...counted, ...left]);
    const others = concerned.filter((id) => !seen.has(id));
    await forEachSlice([others], async (slice) => {
      const states = await store.findStates(workspaceId, slice);
      difference.add(states.map(({ state }) => decodeProfile(state)));
    });
    return { ...begun, ...walk.progress, ...difference.found() };
  }

  #walk<Found>(backfill: Backfill, read: WalkedBy<Found>['read']): Walk<Found> {
    return new Walk(backfill, {
      read,
      mostPages: this.#deps.stepPages ?? 16,
      isStopping: () => this.#loop.isStopping,
    });
  }

  async #putInPlace({ workspaceId, definition }: Backfill): Promise<BackfillChange> {
    const path = `segments.${definition.id}`;
    try {
      await this.#deps.publisher.publish(workspaceId, {
        path,
        apply: (current) => {
          if (!isPrepared(current, definition)) {
            throw new Error(`the segment ${definition.id} was changed meanwhile`);
          }
          return withSegment(withoutPrepared(current, definition.id), definition);
        },
      });
      return startOf('switching');
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'definition-invalid') {
        throw error;
      }
      // Since it was checked, something else has come to refer to it.
      await this.#deps.publisher.publish(workspaceId, {
        path,
        apply: (current) => withoutPrepared(current, definition.id),
      });
      return { state: 'failed', error: error.message, finishedAt: this.#deps.now() };
    }
  }

  async #begin({ workspaceId, walkedTo }: Backfill): Promise<BackfillChange> {
    if (walkedTo !== '') {
      return {};
    }
    // What is under way may still be run by the plan before, and found people whom no page has.
    await this.#deps.pipeline.settle();
    return { people: await this.#deps.store.countPeople(workspaceId) };
  }

  /** Some pages of memberships. */
  async #switch(backfill: Backfill, published: PublishedPlan): Promise<BackfillChange> {
    const { store, pipeline, now } = this.#deps;
    const { workspaceId } = backfill;
    const begun = await this.#begin(backfill);
    const concern = concernOf(backfill, published);
    const walk = this.#walk(backfill, async (after) => {
      const { people, upTo, states } = await store.listStates(
        workspaceId,
        after,
        this.#pagePeople,
        concern,
      );
      return pageOf(after, upTo, people, states);
    });
    await forEachSlice(differentOf(readAhead(walk.pages()), published.plan, now), (slice) =>
      pipeline.sweepAll(workspaceId, slice, now()),
    );
    return walk.isAtEnd ? { state: 'done', finishedAt: now() } : { ...begun, ...walk.progress };
  }

  /** People who were busy or came together; of them everything is counted anew. */
  async #recountWaiting(): Promise<boolean> {
    const { store, plans } = this.#deps;
    const waiting = await store.listRecounts(this.#pagePeople);
    const [first] = waiting;
    const published = first === undefined ? undefined : plans.find(first.workspaceId);
    if (first === undefined || published === undefined) {
      return false;
    }
    const { workspaceId } = first;
    const mine = waiting.filter((one) => one.workspaceId === workspaceId);
    const ids = [...new Set(mine.map(({ profileId }) => profileId))];
    const people = await store.findPeople(workspaceId, ids);
    const aggregates = [...published.plan.aggregates.values()];
    const counted = await countPeople(this.#deps, workspaceId, people, aggregates);
    const { left } = await recountPeople(this.#deps, workspaceId, [counted], aggregates);
    // Those who are still busy go to the end of the line.
    await store.removeRecounts(mine.map(({ id }) => id));
    if (left.length > 0) {
      await store.addRecounts(workspaceId, left);
    }
    return left.length < ids.length;
  }
}

/**
 * Concerned are people of whom the definition may say something else than of people whom it finds nothing
 * counted of and who are not in the segment: most definitions say of those that they stay out, whatever else
 * is known of them.
 */
function concernOf(
  { segmentId, definition: { condition } }: Backfill,
  { definition }: PublishedPlan,
): Concern | 'everybody' {
  const { aggregates } = compileConditionAlone(condition, definition, 'condition');
  return answerWithoutEvents(condition, definition) === false
    ? { segmentId, aggregates: [...aggregates.keys()] }
    : 'everybody';
}

function concernedOf(people: readonly WalkedPerson[]): readonly ProfileId[] {
  return people.filter(({ isConcerned }) => isConcerned).map(({ profileId }) => profileId);
}

async function* differentOf(
  pages: AsyncIterable<WalkedPage<readonly StoredState[]>>,
  plan: Plan,
  now: () => EpochMs,
): AsyncGenerator<readonly ProfileId[]> {
  for await (const { found } of pages) {
    yield found.filter((one) => isDifferent(one, plan, now())).map(({ profileId }) => profileId);
  }
}

function startOf(state: 'switching'): BackfillChange {
  return { state, walkedTo: '', walked: 0 };
}

function chosen({ plan }: PublishedPlan, ids: ReadonlySet<string>): readonly Aggregate[] {
  return [...plan.aggregates.values()].filter(({ id }) => ids.has(id));
}

/**
 * The plan makes something different of the person, now or by time. Of all others the next event takes
 * notice of it, which spares most people a write.
 */
function isDifferent({ state }: StoredState, plan: Plan, now: EpochMs): boolean {
  const profile = decodeProfile(state);
  if (profile.evaluatedPlan >= plan.version) {
    return false;
  }
  const { profile: then, transitions } = sweepProfile(profile, plan, now);
  // A merge that nobody looked at yet has a cause of its own.
  return profile.evaluatedPlan === 0 || transitions.length > 0 || then.dueAt !== profile.dueAt;
}
