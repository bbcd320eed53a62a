import { Gauge, type Registry } from 'prom-client';

/** How many processes share the port, and how many of them are in the figures. */
export interface WorkerCounts {
  readonly wanted: number;
  readonly telling: number;
}

/** Of one process, or of a pool as a whole: each worker's own are left out when all are put together. */
export function setWorkers(registry: Registry, { wanted, telling }: WorkerCounts): void {
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, aggregator: 'omit', registers: [registry] }).set(value);
  gauge('tenth_workers', 'Processes that are to share the port', wanted);
  gauge(
    'tenth_workers_missing',
    'Of these, those whose figures are not in here: starting, ended or not answering',
    wanted - telling,
  );
}
