import type { SegmentId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Segment } from '@tenth/model/segment.ts';

/** The definition with a segment in the place of the one with its id, or at the end. */
export function withSegment(current: PlanDefinition, segment: Segment): PlanDefinition {
  const { segments } = current;
  return {
    ...current,
    segments: segments.some(({ id }) => id === segment.id)
      ? segments.map((one) => (one.id === segment.id ? segment : one))
      : [...segments, segment],
  };
}

/** The definition with a segment's next one being counted; a new segment stands, and nobody is in it. */
export function withPrepared(current: PlanDefinition, segment: Segment): PlanDefinition {
  const before = current.preparing.find((one) => one.segment.id === segment.id);
  const isNew = before?.isNew ?? !current.segments.some(({ id }) => id === segment.id);
  const rest = withoutPrepared(current, segment.id);
  return {
    ...(isNew ? withSegment(rest, segment) : rest),
    preparing: [...rest.preparing, { segment, isNew }],
  };
}

export function withoutPrepared(current: PlanDefinition, id: SegmentId): PlanDefinition {
  return { ...current, preparing: current.preparing.filter(({ segment }) => segment.id !== id) };
}

export function isPrepared({ preparing }: PlanDefinition, segment: Segment): boolean {
  const text = JSON.stringify(segment);
  return preparing.some((one) => JSON.stringify(one.segment) === text);
}
