import type { CampaignOutcome } from '@tenth/model/decision.ts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the process tells about itself; `GET /metrics` renders it in Prometheus' text format. */
export interface Metrics {
  readonly contentType: string;
  countEvents(outcome: 'accepted' | 'rejected', count: number): void;
  countOutcome(kind: CampaignOutcome['kind']): void;
  countRequest(labels: { readonly route: string; readonly status: number }): void;
  observeCommit(seconds: number, events: number): void;
  /** From the moment a change by time alone was due until it was stored. */
  observeSweepLag(seconds: number): void;
  /** @param read Asked at each scrape; -1 is shown when it fails. */
  watchOutbox(read: () => Promise<{ readonly rows: number; readonly lagSeconds: number }>): void;
  render(): Promise<string>;
}

// From 1 ms to 2.5 s: a group commit takes about 10 ms embedded, see docs of the commit stage.
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const events = tally(registers, {
    name: 'tenth_collect_events_total',
    help: 'Events that clients sent, by whether they were taken',
    label: 'outcome',
  });
  const outcomes = tally(registers, {
    name: 'tenth_decide_outcomes_total',
    help: 'What became of campaigns that events put up for decision',
    label: 'outcome',
  });
  const requests = new Counter({
    name: 'tenth_http_requests_total',
    help: 'Requests answered, by route and class of status',
    labelNames: ['route', 'status'] as const,
    registers,
  });
  const commits = new Histogram({
    name: 'tenth_commit_seconds',
    help: 'Time of one group commit',
    buckets: latencyBuckets,
    registers,
  });
  const sweepLags = new Histogram({
    name: 'tenth_sweep_lag_seconds',
    help: 'Time from the moment a change of segment by time alone was due until it was stored',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  const commitSizes = new Histogram({
    name: 'tenth_commit_events',
    help: 'Events stored by one group commit',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096],
    registers,
  });

  return {
    contentType: registry.contentType,
    countEvents: events,
    countOutcome: (kind) => outcomes(kind, 1),
    countRequest({ route, status }) {
      requests.inc({ route, status: `${Math.floor(status / 100)}xx` });
    },
    observeCommit(seconds, events) {
      commits.observe(seconds);
      commitSizes.observe(events);
    },
    observeSweepLag: (seconds) => sweepLags.observe(seconds),
    watchOutbox(read) {
      const lag = new Gauge({
        name: 'tenth_outbox_lag_seconds',
        help: 'Age of the oldest commit that the event log does not have yet',
        registers,
      });
      new Gauge({
        name: 'tenth_outbox_rows',
        help: 'Commits that the event log does not have yet',
        registers,
        async collect() {
          const state = await read().catch(() => ({ rows: -1, lagSeconds: -1 }));
          this.set(state.rows);
          lag.set(state.lagSeconds);
        },
      });
    },
    render: () => registry.metrics(),
  };
}

/** A counter that costs an addition: prom-client's own sorts its labels at every count. */
function tally(
  registers: Registry[],
  of: { readonly name: string; readonly help: string; readonly label: string },
): (value: string, count: number) => void {
  const counted = new Map<string, number>();
  new Counter({
    name: of.name,
    help: of.help,
    labelNames: [of.label],
    registers,
    collect() {
      this.reset();
      for (const [value, count] of counted) {
        this.inc({ [of.label]: value }, count);
      }
    },
  });
  return (value, count) => counted.set(value, (counted.get(value) ?? 0) + count);
}
