import type { Pipeline } from '../commit/pipeline.ts';
import type { OutboxLimit } from '../ship/outbox-limit.ts';

/** The pipeline for what comes from outside, which is refused while too much waits for the event log. */
export function limitedPipeline(
  pipeline: Pick<Pipeline, 'process'>,
  limit: Pick<OutboxLimit, 'requireRoom'>,
): Pick<Pipeline, 'process'> {
  return {
    async process(...asked) {
      limit.requireRoom();
      return pipeline.process(...asked);
    },
  };
}
