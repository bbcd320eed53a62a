import { Problem } from '@tenth/model/problem.ts';
import { type SimulationLine, simulationPath, simulationRequest } from '@tenth/model/simulation.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import { checkPart } from './check-part.ts';
import { type CallerDeps, findCaller } from './find-caller.ts';
import { sessionCookie } from './session-cookie.ts';

export interface SimulationDeps extends CallerDeps {
  readonly admin: CallerDeps['admin'] & Pick<Admin, 'simulations'>;
}

/** A campaign and a hundred segments, all with long texts. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Simulations on past traffic: lines of JSON as they come. Whoever hangs up ends theirs. */
export function serveSimulations(app: FastifyInstance, deps: SimulationDeps): void {
  const open = new Set<AbortController>();

  app.post(simulationPath, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
    const session = sessionCookie(request, reply);
    const caller = await findCaller(request, { needs: 'read', session }, deps);
    const asked = checkPart(simulationRequest, request.body);
    const stopped = new AbortController();
    open.add(stopped);
    reply.raw.once('close', () => {
      open.delete(stopped);
      stopped.abort();
    });
    const lines = await deps.admin.simulations.run(caller, asked, stopped.signal);
    reply.hijack();
    await send(request, reply, lines, stopped.signal);
  });

  // Otherwise the server would wait for them to finish.
  app.addHook('preClose', async () => {
    for (const stopped of open) {
      stopped.abort();
    }
  });
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  lines: AsyncIterable<SimulationLine>,
  signal: AbortSignal,
): Promise<void> {
  const { raw } = reply;
  const write = (line: SimulationLine) => raw.write(`${JSON.stringify(line)}\n`);
  raw.writeHead(200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // nginx would hold the lines back.
    'x-accel-buffering': 'no',
  });
  try {
    for await (const line of lines) {
      write(line);
    }
  } catch (error) {
    // The status has gone out; what went wrong is told in a line of its own.
    if (!signal.aborted) {
      request.log.error({ err: error, requestId: request.id }, 'http.simulation.failed');
    }
    const problem =
      error instanceof Problem
        ? error
        : new Problem('internal', 'Try again; if it stays, look up the request id in the log.');
    write({ kind: 'problem', problem: problem.toDetails(request.id) });
  }
  raw.end();
}
