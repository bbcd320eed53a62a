import { Problem } from '@tenth/model/problem.ts';
import fastify, { type FastifyInstance } from 'fastify';
import type { Readiness } from '../telemetry/readiness.ts';
import { allowAnyOrigin } from './collection/cross-origin.ts';
import { serveHealth } from './health.ts';
import { renderProblems } from './render-problem.ts';
import { requestIdOf } from './request-id.ts';
import { sendSecurityHeaders } from './security-headers.ts';

export interface WaitingHttpDeps {
  readonly readiness: Pick<Readiness, 'check'>;
  readonly publicUrl: string | undefined;
}

/**
 * What is served before the stores are open: alive, not ready and why, and 503 for everything else, so
 * that clients keep what they have and come back.
 */
export async function createWaitingHttp(deps: WaitingHttpDeps): Promise<FastifyInstance> {
  const app = fastify({
    genReqId: requestIdOf,
    // The port is handed on at once.
    forceCloseConnections: true,
  });
  sendSecurityHeaders(app, deps.publicUrl);
  renderProblems(app, { countProblem: () => {} });
  await app.register(async (scope) => serveHealth(scope, deps.readiness));
  await app.register(async (scope) => {
    // What a page of the shop sends is told to the page, too: its script reads when to try again.
    allowAnyOrigin(scope);
    refuseAll(scope, '/v1/*');
  });
  refuseAll(app, '/*');
  return app;
}

function refuseAll(app: FastifyInstance, url: string): void {
  app.all(url, {
    // A body is not worth reading.
    onRequest: async () => {
      throw new Problem(
        'store-unavailable',
        'The server waits for its databases; try again in a few seconds.',
      );
    },
    handler: () => {},
  });
}
