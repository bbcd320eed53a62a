import type { CountedAnew } from '@tenth/engine/replay/counted-anew.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Segment } from '@tenth/model/segment.ts';
import { LRUCache } from 'lru-cache';
import type { PlanVersionStore } from './plan-versions.ts';

/** A segment of which what was missing was, or is being, made up from the log for everybody. */
export interface CountedSegment {
  /** From this version on it is counted with every event, and judges nobody yet. */
  readonly planVersion: number;
  readonly segment: Segment;
  /** Ids of what was missing. */
  readonly aggregates: readonly string[];
}

export interface CountedSegments {
  /** All there ever were, whatever became of them. */
  list(workspaceId: WorkspaceId): Promise<readonly CountedSegment[]>;
}

/** A segment that took effect, with everything it counts made up for everybody. */
export interface SettledSegment {
  readonly counted: CountedSegment;
  /** In the version that it took effect with. */
  readonly countedAnew: CountedAnew;
}

/** Every one that was settled, or given up on, has been found once; which of both does not change any more. */
const MOST_REMEMBERED = 10_000;

/** Finds when segments took effect. */
export class SettledSegments {
  readonly #store: PlanVersionStore;
  readonly #segments: CountedSegments;
  readonly #effects = new LRUCache<string, number | 'never'>({ max: MOST_REMEMBERED });

  constructor(store: PlanVersionStore, segments: CountedSegments) {
    this.#store = store;
    this.#segments = segments;
  }

  /** Those that took effect up to a version of the plan. */
  async find(workspaceId: WorkspaceId, upTo: number): Promise<readonly SettledSegment[]> {
    const settled: SettledSegment[] = [];
    for (const counted of await this.#segments.list(workspaceId)) {
      const { aggregates } = counted;
      const planVersion = await this.#effectOf(workspaceId, counted, upTo);
      if (typeof planVersion === 'number' && planVersion <= upTo) {
        settled.push({ counted, countedAnew: { planVersion, aggregates } });
      }
    }
    return settled;
  }

  async #effectOf(
    workspaceId: WorkspaceId,
    counted: CountedSegment,
    upTo: number,
  ): Promise<number | 'never' | undefined> {
    const key = `${workspaceId}/${counted.planVersion}`;
    const known = this.#effects.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = await this.#findEffect(workspaceId, counted, upTo);
    if (found !== undefined) {
      this.#effects.set(key, found);
    }
    return found;
  }

  /** The first version with the segment among those that are evaluated; each one before prepares it. */
  async #findEffect(
    workspaceId: WorkspaceId,
    { planVersion, segment }: CountedSegment,
    upTo: number,
  ): Promise<number | 'never' | undefined> {
    for (let version = planVersion; version <= upTo; version += 1) {
      const definition = await this.#store.find(workspaceId, version);
      if (definition === undefined) {
        return undefined;
      }
      if (!isPrepared(definition, segment)) {
        return isAmong(definition.segments, segment) ? version : 'never';
      }
    }
    return undefined;
  }
}

function isPrepared({ preparing }: PlanDefinition, segment: Segment): boolean {
  return isAmong(
    preparing.map((one) => one.segment),
    segment,
  );
}

function isAmong(segments: readonly Segment[], wanted: Segment): boolean {
  const text = JSON.stringify(wanted);
  return segments.some((one) => JSON.stringify(one) === text);
}
