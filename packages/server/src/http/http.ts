import { existsSync } from 'node:fs';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Admin } from '../admin/admin.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Readiness } from '../telemetry/readiness.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { serveAdministration } from './administration/administration.ts';
import { serveEventStream } from './administration/event-stream.ts';
import { serveOidc } from './administration/oidc.ts';
import { servePersonExports } from './administration/person-exports.ts';
import { servePreviews } from './administration/previews.ts';
import { serveSimulations } from './administration/simulations.ts';
import { serveClientSettings } from './collection/client-settings.ts';
import { serveCollection } from './collection/collection.ts';
import { serveConsole } from './console.ts';
import { serveHealth, serveMetrics } from './health.ts';
import { limitAddresses, type RequestLimits } from './limits/request-limits.ts';
import type { MetricsAccess } from './metrics-access.ts';
import { observeRequests } from './observe-requests.ts';
import type { Collector, WriteKeys } from './ports.ts';
import { serveReference } from './reference/reference.ts';
import { renderProblems } from './render-problem.ts';
import { requestIdOf } from './request-id.ts';
import { serveScript } from './script.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import { traceRequests } from './trace-requests.ts';
import { trustedProxies } from './trusted-proxies.ts';

export interface HttpDeps {
  readonly collector: Collector;
  readonly writeKeys: WriteKeys;
  readonly admin: Admin;
  /** Whether events are taken here, and whether the console and its API are served. */
  readonly serves: { readonly collection: boolean; readonly administration: boolean };
  readonly readiness: Pick<Readiness, 'check'>;
  readonly limits: RequestLimits;
  readonly metrics: Metrics;
  readonly metricsAccess: MetricsAccess;
  readonly tracing: Tracing;
  readonly logger: Logger;
  readonly now: () => number;
  readonly version: string;
  readonly publicUrl: string | undefined;
  /** Whose `X-Forwarded-` headers are believed: nobody's, those of whoever connects, or of these proxies. */
  readonly trustProxy: boolean | readonly string[];
  /** Built files; a part whose directory is missing is not served. */
  readonly scriptDirectory: string;
  readonly consoleDirectory: string;
}

/** Every address of the server. Parses, calls a stage, renders; decides nothing itself. */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const isTrustedProxy = trustedProxies(deps.trustProxy);
  const app = fastify({
    loggerInstance: asFastifyLogger(deps.logger),
    // Its lines name the whole address, in which a person may be named; see observe-requests.ts.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    trustProxy: isTrustedProxy,
    genReqId: requestIdOf,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 300 },
    // Node's own 408 after this; a list of a million people takes a while to come in.
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  sendSecurityHeaders(app, deps.publicUrl);
  renderProblems(app, deps.metrics);
  observeRequests(app, deps.metrics);
  traceRequests(app, { tracing: deps.tracing, isTrustedProxy });

  if (deps.serves.collection) {
    await serveShop(app, deps);
  }
  if (deps.serves.administration) {
    await serveTeam(app, deps);
  }
  await app.register(async (scope) => serveHealth(scope, deps.readiness));
  await app.register(async (scope) => serveMetrics(scope, deps));
  return app;
}

/** What the shop's pages and servers ask for. */
async function serveShop(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  await app.register(async (scope) => {
    serveCollection(scope, { ...deps, servers: deps.admin.apiCallers });
    // After what lets pages of other sites read the answer: they are to see this one, too.
    limitAddresses(scope, deps.limits);
  });
  await app.register(async (scope) => {
    serveClientSettings(scope, deps);
    limitAddresses(scope, deps.limits);
  });
  // Like the console and the reference without a limit: they are files and texts, and no store is asked.
  if (existsSync(deps.scriptDirectory)) {
    await app.register(async (scope) => serveScript(scope, deps.scriptDirectory));
  }
}

/** What the people who work with it ask for. */
async function serveTeam(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  await app.register(async (scope) => {
    limitAddresses(scope, deps.limits);
    serveAdministration(scope, deps);
    serveOidc(scope, deps);
    serveEventStream(scope, deps);
    servePreviews(scope, deps);
    serveSimulations(scope, deps);
    servePersonExports(scope, deps);
  });
  await app.register(async (scope) => serveReference(scope, deps.version));
  if (existsSync(deps.consoleDirectory)) {
    await app.register(async (scope) => serveConsole(scope, deps.consoleDirectory));
  }
  app.get('/', (_request, reply) => reply.redirect('/console/'));
}

/** Typed as Fastify's own logger, or its type would run through every function that takes the app. */
function asFastifyLogger(logger: Logger): FastifyBaseLogger {
  return logger;
}
