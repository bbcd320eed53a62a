import type { CampaignOutcome } from '@tenth/model/decision.ts';
import { Histogram, type Registry } from 'prom-client';
import { createTally } from './tally.ts';

/** What the stages from `collect` to `sweep` tell. */
export interface EventMetrics {
  /**
   * `unconsented`: the visitor has refused, and nothing of the event was kept. `suppressed`: accepted, but
   * it happened to somebody before they were erased.
   */
  countEvents(outcome: 'accepted' | 'refused' | 'unconsented' | 'suppressed', count: number): void;
  /** Neither the field nor the reason may hold what the client sent. */
  countRefusal(refusal: { readonly field: string; readonly reason: string }): void;
  countOutcome(kind: CampaignOutcome['kind']): void;
  observeCommit(seconds: number, events: number): void;
  countFailedCommit(): void;
  /** @param lagSeconds From the commit of the oldest row of the batch until all of it was in the log. */
  observeShipment(seconds: number, lagSeconds: number): void;
  /** From the moment a change by time alone was due until it was stored. */
  observeSweepLag(seconds: number): void;
}

// A group commit takes about 10 ms embedded.
const commitBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
// A batch a second; where the log was away, it is late by as much.
const lagBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];

export function createEventMetrics(registry: Registry): EventMetrics {
  const registers = [registry];
  const events = createTally(registry, {
    name: 'tenth_collect_events_total',
    help: 'Events that clients sent, by whether they were taken',
    labels: ['outcome'],
  });
  const refusals = createTally(registry, {
    name: 'tenth_collect_refusals_total',
    help: 'Events refused, by the field that does not fit and why, in the words the client was given',
    labels: ['field', 'reason'],
  });
  const outcomes = createTally(registry, {
    name: 'tenth_decide_outcomes_total',
    help: 'What became of campaigns that events put up for decision',
    labels: ['outcome'],
  });
  const failedCommits = createTally(registry, {
    name: 'tenth_commit_failures_total',
    help: 'Group commits that the operational store did not take',
    labels: [],
  });
  failedCommits([], 0);
  const commits = new Histogram({
    name: 'tenth_commit_duration_seconds',
    help: 'Time of one group commit',
    buckets: commitBuckets,
    registers,
  });
  const commitSizes = new Histogram({
    name: 'tenth_commit_events',
    help: 'Events stored by one group commit',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096],
    registers,
  });
  const shipments = new Histogram({
    name: 'tenth_ship_duration_seconds',
    help: 'Time of writing one batch into the event log',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const shipLags = new Histogram({
    name: 'tenth_ship_lag_seconds',
    help: 'Time from the commit of the oldest row of a batch until the batch was in the event log',
    buckets: lagBuckets,
    registers,
  });
  const sweepLags = new Histogram({
    name: 'tenth_sweep_lag_seconds',
    help: 'Time from the moment a change of segment by time alone was due until it was stored',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  return {
    countEvents: (outcome, count) => events([outcome], count),
    countRefusal: ({ field, reason }) => refusals([field, reason], 1),
    countOutcome: (kind) => outcomes([kind], 1),
    observeCommit(seconds, size) {
      commits.observe(seconds);
      commitSizes.observe(size);
    },
    countFailedCommit: () => failedCommits([], 1),
    observeShipment(seconds, lagSeconds) {
      shipments.observe(seconds);
      shipLags.observe(lagSeconds);
    },
    observeSweepLag: (seconds) => sweepLags.observe(seconds),
  };
}
