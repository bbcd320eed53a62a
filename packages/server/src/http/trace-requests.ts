import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noTracing, type RequestSpan, type Tracing } from '../telemetry/tracing.ts';
import type { IsTrustedProxy } from './trusted-proxies.ts';

/**
 * A span for each request, below the caller's where a proxy of ours stands before us: anybody else could
 * have every request of theirs recorded by saying so.
 */
export function traceRequests(
  app: FastifyInstance,
  {
    tracing,
    isTrustedProxy,
  }: { readonly tracing: Tracing; readonly isTrustedProxy: IsTrustedProxy | false },
): void {
  if (tracing === noTracing) {
    // Three hooks a request, for nothing.
    return;
  }
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook('onRequest', (request, _reply, done) => {
    const isOurs =
      isTrustedProxy !== false && isTrustedProxy(request.socket.remoteAddress ?? '', 0);
    const span = tracing.startRequest(request.method, isOurs ? request.headers : undefined);
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
