import cluster from 'node:cluster';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { createEventMetrics, type EventMetrics } from './metrics/event-metrics.ts';
import { createRequestMetrics, type RequestMetrics } from './metrics/request-metrics.ts';
import { createWatched, type Watched } from './metrics/watched.ts';
import { setWorkers } from './metrics/workers.ts';
import { shareWithPool } from './pool-metrics.ts';

/** What the process, or its pool of workers, tells about itself; `GET /metrics` renders it in Prometheus' text format. */
export interface Metrics extends RequestMetrics, EventMetrics {
  readonly contentType: string;
  watch(watched: Watched): void;
  /** With the process's own: processor time, memory, delay of the event loop, garbage collection. */
  render(): Promise<string>;
}

/** @param build What runs; shown as the labels of `tenth_build_info`. */
export function createMetrics(build: {
  readonly version: string;
  readonly operationalStore: 'embedded' | 'served';
  readonly eventLog: 'embedded' | 'served';
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'tenth_build_info',
    help: 'What runs; always 1',
    labelNames: ['version', 'node', 'operational_store', 'event_log'],
    aggregator: 'first',
    registers: [registry],
  }).set(
    {
      version: build.version,
      node: process.versions.node,
      operational_store: build.operationalStore,
      event_log: build.eventLog,
    },
    1,
  );
  setWorkers(registry, { wanted: 1, telling: 1 });
  return {
    ...createRequestMetrics(registry),
    ...createEventMetrics(registry),
    contentType: registry.contentType,
    watch: createWatched(registry),
    render: cluster.isWorker ? shareWithPool(registry) : () => registry.metrics(),
  };
}
