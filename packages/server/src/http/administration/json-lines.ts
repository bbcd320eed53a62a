import { pipeline } from 'node:stream/promises';
import type { StreamedRouteName } from '@tenth/model/api/streamed-routes.ts';
import { Problem, type ProblemDetails } from '@tenth/model/problem.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditTrail } from '../../admin/audit/audit-trail.ts';
import type { Caller } from '../../admin/call.ts';
import { originOf } from './call-origin.ts';

/** What is answered in lines, for the audit log. */
export interface LinesAct {
  readonly caller: Caller;
  readonly name: StreamedRouteName;
  readonly target?: Readonly<Record<string, string>>;
}

/**
 * Replies that come in lines of JSON while the work goes on, as fast as they are read. Whoever hangs up ends
 * theirs.
 */
export class JsonLines {
  readonly #open = new Set<AbortController>();
  readonly #auditTrail: AuditTrail;

  constructor(app: FastifyInstance, auditTrail: AuditTrail) {
    this.#auditTrail = auditTrail;
    // Otherwise the server would wait for them to finish.
    app.addHook('preClose', async () => {
      for (const stopped of this.#open) {
        stopped.abort();
      }
    });
  }

  /**
   * Answers a request with the lines of some work.
   *
   * @param act Written down once the work has begun, before the first line goes out.
   * @param start Begins it. What it throws becomes an ordinary reply; what the lines throw later becomes
   *   a last line `{ kind: 'problem', … }`.
   */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    act: LinesAct,
    start: (signal: AbortSignal) => Promise<AsyncIterable<object>> | AsyncIterable<object>,
  ): Promise<void> {
    const stopped = new AbortController();
    this.#open.add(stopped);
    reply.raw.once('close', () => {
      this.#open.delete(stopped);
      stopped.abort();
    });
    const { caller, name, target = {} } = act;
    const lines = await this.#auditTrail.run(
      {
        workspaceId: caller.workspaceId,
        caller: caller.identity,
        origin: originOf(request),
        name,
        target,
      },
      async () => start(stopped.signal),
    );
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // nginx would hold the lines back.
      'x-accel-buffering': 'no',
    });
    const toLastLine = (error: unknown) => {
      if (!stopped.signal.aborted) {
        request.log.error({ err: error, requestId: request.id }, 'http.lines.failed');
      }
      return { kind: 'problem', problem: toDetails(error, request.id) };
    };
    try {
      await pipeline(toText(lines, toLastLine), raw);
    } catch (error) {
      // A connection that breaks is the reader's leave; what the lines throw is a line.
      request.log.debug({ err: error, requestId: request.id }, 'http.lines.left');
    }
  }
}

async function* toText(
  lines: AsyncIterable<object>,
  toLastLine: (error: unknown) => object,
): AsyncGenerator<string> {
  try {
    for await (const line of lines) {
      yield `${JSON.stringify(line)}\n`;
    }
  } catch (error) {
    yield `${JSON.stringify(toLastLine(error))}\n`;
  }
}

function toDetails(error: unknown, requestId: string): ProblemDetails {
  const problem =
    error instanceof Problem
      ? error
      : new Problem('internal', 'Try again; if it stays, look up the request id in the log.');
  return problem.toDetails(requestId);
}
