import { SECOND_MS } from '@tenth/model/time.ts';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';

/**
 * Counts and times each request, and names its id in the answer. In the log, answers are lines of level
 * debug, since a line a request would cost more than the request; only our own failures are always there.
 */
export function observeRequests(
  app: FastifyInstance,
  metrics: Pick<Metrics, 'countRequest'>,
): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url;
    const status = reply.statusCode;
    metrics.countRequest({ route, status, seconds: reply.elapsedTime / SECOND_MS });
    // The route as registered: what stands in for its parameters may name a person.
    const said = { method: request.method, route, status, ms: Math.round(reply.elapsedTime) };
    if (status >= 500) {
      request.log.warn(said, 'http.request.answered');
    } else {
      request.log.debug(said, 'http.request.answered');
    }
    done();
  });
}
