import {
  aggregatesOfSegments,
  compileConditionAlone,
  DefinitionError,
} from '@tenth/engine/plan/plan.ts';
import type { SegmentId, WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { Segment } from '@tenth/model/segment.ts';
import type { SegmentBackfill } from '@tenth/model/segment-backfill.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type { SegmentChanges } from '../admin/ports.ts';
import { withoutPrepared, withPrepared, withSegment } from '../admin/prepared-segments.ts';
import type { Publisher } from '../admin/publisher.ts';
import { refuseWhileUsed } from '../admin/resources/refuse-while-used.ts';
import type { Backfill, BackfillStore } from './ports.ts';
import { progressOf } from './progress.ts';

export interface SegmentPublisherDeps {
  readonly store: Pick<BackfillStore, 'start' | 'find' | 'unfinished' | 'change'>;
  readonly plans: PlanRegistry;
  readonly publisher: Publisher;
  /** What was published as a version. */
  readonly versions: {
    find(workspaceId: WorkspaceId, version: number): Promise<PlanDefinition | undefined>;
  };
  readonly now: () => EpochMs;
  /** There is something to do for the back-filler. */
  readonly onStarted: () => void;
}

/** How far back an earlier definition is looked for. */
const MOST_VERSIONS_BACK = 1_000;

/**
 * Publishes segments. What a definition counts that nothing has counted so far is made up first, so that
 * nobody is judged by half a count; see `Backfiller`.
 */
export class SegmentPublisher implements SegmentChanges {
  readonly #deps: SegmentPublisherDeps;

  constructor(deps: SegmentPublisherDeps) {
    this.#deps = deps;
  }

  async publish(
    workspaceId: WorkspaceId,
    segment: Segment,
    { isReviewed = false }: { readonly isReviewed?: boolean } = {},
  ): Promise<PlanDefinition> {
    const { store, publisher, now, onStarted } = this.#deps;
    const unfinished = await store.unfinished(workspaceId);
    const halfCounted = new Set(
      unfinished
        .filter(({ state }) => state === 'counting')
        .flatMap(({ aggregates }) => aggregates),
    );
    let missing: readonly string[] = [];
    const published = await publisher.publish(workspaceId, {
      path: `segments.${segment.id}`,
      apply: (current) => {
        const switched = withSegment(withoutPrepared(current, segment.id), segment);
        // What campaigns alone ask for is counted from when they were published.
        const counted = aggregatesOfSegments(current);
        missing = neededBy(segment, switched).filter(
          (id) => !counted.has(id) || halfCounted.has(id),
        );
        return missing.length === 0 && !isReviewed ? switched : withPrepared(current, segment);
      },
    });
    await store.start({
      workspaceId,
      segmentId: segment.id,
      planVersion: published.version,
      definition: segment,
      aggregates: missing,
      state: missing.length === 0 && !isReviewed ? 'switching' : 'counting',
      isReviewed,
      startedAt: now(),
    });
    onStarted();
    return published;
  }

  async approve(workspaceId: WorkspaceId, id: SegmentId): Promise<SegmentBackfill> {
    const { store, onStarted } = this.#deps;
    const waiting = await store.find(workspaceId, id);
    if (waiting?.state !== 'ready') {
      throw new Problem(
        'nothing-waits',
        `No change of the segment ${id} waits to be approved.`,
        'id',
      );
    }
    const change = { state: 'counting', isReviewed: false } as const;
    await store.change(waiting.id, change, 0);
    onStarted();
    return toReply({ ...waiting, ...change });
  }

  async dismiss(workspaceId: WorkspaceId, id: SegmentId): Promise<PlanDefinition> {
    const { store, publisher, now } = this.#deps;
    const published = await publisher.publish(workspaceId, {
      path: `segments.${id}`,
      apply: (current) => {
        const prepared = current.preparing.find(({ segment }) => segment.id === id);
        if (prepared === undefined) {
          throw new Problem('nothing-waits', `No change of the segment ${id} is on its way.`, 'id');
        }
        if (prepared.isNew) {
          refuseWhileUsed(current, { segmentId: id });
        }
        const without = withoutPrepared(current, id);
        return prepared.isNew
          ? { ...without, segments: without.segments.filter((one) => one.id !== id) }
          : without;
      },
    });
    const dropped = await store.find(workspaceId, id);
    if (dropped !== undefined) {
      // Where a page of it is under way, its next step would see that it is prepared no more.
      await store.change(dropped.id, { state: 'replaced', finishedAt: now() }, 0);
    }
    return published;
  }

  async revert(
    workspaceId: WorkspaceId,
    id: SegmentId,
  ): Promise<{ readonly segment: Segment; readonly planVersion: number }> {
    const { definition: present } = this.#deps.plans.get(workspaceId);
    const latest = wanted(present, id);
    if (latest === undefined) {
      throw new Problem('not-found', `There is no segment ${id}.`, 'id');
    }
    const before = await this.#findEarlier(workspaceId, present.version, latest);
    if (before === undefined) {
      throw new Problem('not-found', `The segment ${id} has no earlier definition.`, 'id');
    }
    const { version } = await this.publish(workspaceId, before);
    return { segment: before, planVersion: version };
  }

  async find(workspaceId: WorkspaceId, id: SegmentId): Promise<SegmentBackfill | undefined> {
    const found = await this.#deps.store.find(workspaceId, id);
    return found === undefined ? undefined : toReply(found);
  }

  async #findEarlier(
    workspaceId: WorkspaceId,
    from: number,
    latest: Segment,
  ): Promise<Segment | undefined> {
    const text = JSON.stringify(latest);
    const to = Math.max(1, from - MOST_VERSIONS_BACK);
    for (let version = from; version >= to; version -= 1) {
      const definition = await this.#deps.versions.find(workspaceId, version);
      const segment = definition?.segments.find(({ id }) => id === latest.id);
      if (segment !== undefined && JSON.stringify(segment) !== text) {
        return segment;
      }
    }
    return undefined;
  }
}

/** The definition that is on its way in, or else the one that stands. */
function wanted({ segments, preparing }: PlanDefinition, id: SegmentId): Segment | undefined {
  return (
    preparing.find(({ segment }) => segment.id === id)?.segment ??
    segments.find((segment) => segment.id === id)
  );
}

/** Ids of the aggregates that a segment is made of; none where it does not compile, which is refused later. */
function neededBy(segment: Segment, definition: PlanDefinition): readonly string[] {
  try {
    const path = `segments.${segment.id}.condition`;
    return [...compileConditionAlone(segment.condition, definition, path).aggregates.keys()];
  } catch (error) {
    if (error instanceof DefinitionError) {
      return [];
    }
    throw error;
  }
}

function toReply(backfill: Backfill): SegmentBackfill {
  const { segmentId, state, planVersion, people, entering, leaving, sample } = backfill;
  const { startedAt, finishedAt, error } = backfill;
  return {
    segmentId,
    state,
    planVersion,
    progress: progressOf(backfill),
    people,
    entering,
    leaving,
    sample: { entering: [...sample.entering], leaving: [...sample.leaving] },
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: finishedAt === undefined ? null : new Date(finishedAt).toISOString(),
    error: error ?? null,
  };
}
