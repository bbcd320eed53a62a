import type { SegmentId, WorkspaceId } from '@tenth/model/ids.ts';

/** How long after the due moment the change was committed. */
export interface Lag {
  readonly lastMs: number;
  readonly p99Ms: number;
}

/** Of each segment so many are looked at: with fewer, a p99 is a mere maximum. */
const MOST_KEPT = 1_000;

/** Lags of late, a segment each. In memory: they tell how this process is doing. */
export class Lags {
  readonly #bySegment = new Map<string, Ring>();

  add(workspaceId: WorkspaceId, segmentId: SegmentId, ms: number): void {
    const key = keyOf(workspaceId, segmentId);
    const ring = this.#bySegment.get(key) ?? new Ring();
    this.#bySegment.set(key, ring);
    ring.add(ms);
  }

  /** Undefined where time has changed nothing of the segment since the start. */
  of(workspaceId: WorkspaceId, segmentId: SegmentId): Lag | undefined {
    return this.#bySegment.get(keyOf(workspaceId, segmentId))?.lag();
  }
}

function keyOf(workspaceId: WorkspaceId, segmentId: SegmentId): string {
  return `${workspaceId}\n${segmentId}`;
}

class Ring {
  readonly #kept: number[] = [];
  #next = 0;
  #last = 0;

  add(ms: number): void {
    this.#last = ms;
    this.#kept[this.#next] = ms;
    this.#next = (this.#next + 1) % MOST_KEPT;
  }

  lag(): Lag {
    const sorted = [...this.#kept].sort((left, right) => left - right);
    return { lastMs: this.#last, p99Ms: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0 };
  }
}
