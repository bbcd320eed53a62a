import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';
import type { PartReport, Readiness, ReadinessReport } from '../telemetry/readiness.ts';
import { type MetricsAccess, requireMetricsAccess } from './metrics-access.ts';

export interface MetricsDeps {
  readonly metrics: Metrics;
  readonly metricsAccess: MetricsAccess;
}

/** For whatever watches over the process. */
export function serveHealth(app: FastifyInstance, readiness: Pick<Readiness, 'check'>): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'alive' };
  });

  app.get('/readyz', async ({ headers }, reply) => {
    const report = await readiness.check();
    reply
      .header('cache-control', 'no-store')
      .header('vary', 'accept')
      .code(report.status === 'not_ready' ? 503 : 200);
    return headers.accept?.startsWith('text/plain')
      ? reply.type('text/plain; charset=utf-8').send(asText(report))
      : asJson(report);
  });
}

export function serveMetrics(app: FastifyInstance, { metrics, metricsAccess }: MetricsDeps): void {
  app.get('/metrics', async (request, reply) => {
    requireMetricsAccess(request, metricsAccess);
    reply.header('content-type', metrics.contentType).header('cache-control', 'no-store');
    return metrics.render();
  });
}

function asJson({ status, parts }: ReadinessReport) {
  return {
    status,
    reasons: complaintsOf(parts).map(({ detail }) => detail),
    parts: Object.fromEntries(parts.map(({ part, ...rest }) => [part, rest])),
  };
}

/** A line for the whole, and one for each part that is not well. */
function asText({ status, parts }: ReadinessReport): string {
  const lines = complaintsOf(parts).map(({ part, state, detail }) => `${part} ${state}: ${detail}`);
  return [status.replace('_', ' '), ...lines, ''].join('\n');
}

function complaintsOf(parts: readonly PartReport[]): readonly PartReport[] {
  return parts.filter(({ state }) => state !== 'ok');
}
