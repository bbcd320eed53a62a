import type { ClickHouseClient } from '@clickhouse/client';
import { SECOND_MS } from '@tenth/model/time.ts';
import type { Pipeline } from '../commit/pipeline.ts';
import type { EventLog } from '../ship/ports.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { noTracing, type Tracing } from '../telemetry/tracing.ts';

/** The way of a request's events from `identify` to `commit`, with a span around it. */
export function tracedPipeline(
  pipeline: Pick<Pipeline, 'process'>,
  tracing: Tracing,
): Pick<Pipeline, 'process'> {
  if (tracing === noTracing) {
    return pipeline;
  }
  return {
    process: (workspaceId, events, isDeciding, now) =>
      tracing.span(
        'pipeline.process',
        { 'tenth.workspace': workspaceId, 'tenth.events': events.length },
        () => pipeline.process(workspaceId, events, isDeciding, now),
      ),
  };
}

/**
 * The event log as `ship` wants it, each batch timed.
 *
 * @param oldestAgeMs Of the oldest row of the batch in hand.
 */
export function timedEventLog(
  eventLog: EventLog,
  {
    metrics,
    tracing,
    oldestAgeMs,
  }: {
    readonly metrics: Pick<Metrics, 'observeShipment'>;
    readonly tracing: Tracing;
    readonly oldestAgeMs: () => number;
  },
): EventLog {
  return {
    async append(batch) {
      const startedAt = performance.now();
      const appended = await tracing.span(
        'ship.batch',
        { 'tenth.batch': batch.id.toString(), 'tenth.rows': batch.rows.length },
        () => eventLog.append(batch),
      );
      const ms = performance.now() - startedAt;
      metrics.observeShipment(ms / SECOND_MS, (oldestAgeMs() + ms) / SECOND_MS);
      return appended;
    },
  };
}

/** The same client, with a span around each question to the event log. */
export function tracedClient(client: ClickHouseClient, tracing: Tracing): ClickHouseClient {
  if (tracing === noTracing) {
    return client;
  }
  const query: ClickHouseClient['query'] = (asked) =>
    tracing.span('event_log.query', { 'db.system.name': 'clickhouse' }, () => client.query(asked));
  return new Proxy(client, {
    get: (target, name, receiver): unknown =>
      name === 'query' ? query : Reflect.get(target, name, receiver),
  });
}
