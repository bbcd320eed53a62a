import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Readiness } from './ports.ts';

export interface HealthDeps {
  readonly readiness: Readiness;
  readonly metrics: Metrics;
}

/** For whatever watches over the process. */
export function serveHealth(app: FastifyInstance, { readiness, metrics }: HealthDeps): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'alive' };
  });

  app.get('/readyz', async (_request, reply) => {
    const reasons = await readiness.check();
    reply.header('cache-control', 'no-store').code(reasons.length === 0 ? 200 : 503);
    return reasons.length === 0 ? { status: 'ready' } : { status: 'not ready', reasons };
  });

  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.contentType).header('cache-control', 'no-store');
    return metrics.render();
  });
}
