import { Problem, type ProblemCode } from '@tenth/model/problem.ts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';

/** Where a problem does not say itself when to try again. */
const RETRY_AFTER_SECONDS = 5;

/** Fastify's own refusals, by its code. */
const transportProblems: Readonly<Record<string, { code: ProblemCode; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body-too-large',
    detail: 'Send less in one request; a batch may have 500 KB.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'body-not-json', detail: 'Send one JSON object.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'body-not-json', detail: 'The body is empty.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'body-not-json',
    detail: 'Send JSON with Content-Type: application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'body-not-json',
    detail: 'The body does not have the length that Content-Length says.',
  },
};

/** Every error leaves as RFC 9457 problem details; what is not a {@link Problem} says nothing about itself. */
export function renderProblems(app: FastifyInstance, metrics: Pick<Metrics, 'countProblem'>): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const problem = toProblem(error);
    metrics.countProblem(problem.code);
    if (problem.code === 'internal') {
      request.log.error({ err: error }, 'http.request.failed');
    }
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = new Problem('not-found', 'No such address; /api/ lists those there are.');
    metrics.countProblem(problem.code);
    return sendProblem(request, reply, problem);
  });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem) {
  if (problem.status === 401 && problem.code.startsWith('write-key')) {
    reply.header('www-authenticate', 'Basic realm="Tenth collector"');
  }
  if (problem.status === 429 || problem.status === 503) {
    reply.header('retry-after', String(problem.retryAfterSeconds ?? RETRY_AFTER_SECONDS));
  }
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.toDetails(request.id)));
}

function toProblem(error: FastifyError | Error): Problem {
  if (error instanceof Problem) {
    return error;
  }
  const code = 'code' in error ? error.code : undefined;
  const known = code === undefined ? undefined : transportProblems[code];
  if (known !== undefined) {
    return new Problem(known.code, known.detail);
  }
  // Fastify's JSON parser and router throw these for what a client sent.
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === 400) {
    return new Problem('body-not-json', 'The request cannot be read.');
  }
  if (status === 404) {
    return new Problem('not-found', 'No such address; /api/ lists those there are.');
  }
  return new Problem('internal', 'Try again; if it stays, look up the request id in the log.');
}
