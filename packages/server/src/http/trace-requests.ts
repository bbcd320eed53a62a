import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noTracing, type RequestSpan, type Tracing } from '../telemetry/tracing.ts';

/**
 * A span for each request, below the caller's where a proxy of ours stands before us: anybody else could
 * have every request of theirs recorded by saying so.
 */
export function traceRequests(
  app: FastifyInstance,
  { tracing, trustProxy }: { readonly tracing: Tracing; readonly trustProxy: boolean },
): void {
  if (tracing === noTracing) {
    // Three hooks a request, for nothing.
    return;
  }
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook('onRequest', (request, _reply, done) => {
    const span = tracing.startRequest(request.method, trustProxy ? request.headers : undefined);
    if (span !== undefined) {
      spans.set(request, span);
    }
    done();
  });
  // Not sooner: while the body is read, what was current at the arrival gets lost.
  app.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) {
      done();
    } else {
      span.run(done);
    }
  });
  app.addHook('onResponse', (request, reply, done) => {
    spans.get(request)?.end({ route: request.routeOptions.url, status: reply.statusCode });
    done();
  });
}
