import type { ProblemCode } from '@tenth/model/problem.ts';
import { Histogram, type Registry } from 'prom-client';
import { routeClasses, routeClassOf } from './route-class.ts';
import { createTally } from './tally.ts';

/** What the HTTP edge tells. */
export interface RequestMetrics {
  /** @param route As registered; undefined where no route fits. A stream's time is not kept. */
  countRequest(request: {
    readonly route: string | undefined;
    readonly status: number;
    readonly seconds: number;
  }): void;
  countProblem(code: ProblemCode): void;
}

// From 1 ms, since a decision with its commit takes about 10, to what a report over a long time takes.
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const requests = createTally(registry, {
    name: 'tenth_http_requests_total',
    help: 'Requests answered, by kind of address, route and class of status',
    labels: ['class', 'route', 'status'],
  });
  const problems = createTally(registry, {
    name: 'tenth_http_problems_total',
    help: 'Requests refused as a whole, by the code of the problem they were answered with',
    labels: ['code'],
  });
  const durations = new Histogram({
    name: 'tenth_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer, by kind of address',
    labelNames: ['class'],
    buckets: latencyBuckets,
    registers: [registry],
  });
  // Looked up once: by labels, each observation would sort and join them.
  const durationOf = new Map(
    routeClasses.map((name) => [name, durations.labels({ class: name })] as const),
  );
  return {
    countRequest({ route, status, seconds }) {
      const kind = routeClassOf(route);
      requests([kind, route ?? '(none)', `${Math.floor(status / 100)}xx`], 1);
      if (kind !== 'stream') {
        durationOf.get(kind)?.observe(seconds);
      }
    },
    countProblem: (code) => problems([code], 1),
  };
}
