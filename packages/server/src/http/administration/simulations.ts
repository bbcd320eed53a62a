import { streamedRoutes } from '@tenth/model/api/streamed-routes.ts';
import { simulationRequest } from '@tenth/model/simulation.ts';
import type { FastifyInstance } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import { checkPart } from './check-part.ts';
import { type CallerDeps, findCaller } from './find-caller.ts';
import { JsonLines, type LinesAct } from './json-lines.ts';
import { sessionCookie } from './session-cookie.ts';

export interface SimulationDeps extends CallerDeps {
  readonly admin: CallerDeps['admin'] & Pick<Admin, 'simulations' | 'auditTrail'>;
}

/** A campaign and a hundred segments, all with long texts. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Simulations on past traffic: how far they have come, and last the result. */
export function serveSimulations(app: FastifyInstance, deps: SimulationDeps): void {
  const { path, needs } = streamedRoutes.simulate;
  const lines = new JsonLines(app, deps.admin.auditTrail);
  app.post(path, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
    const session = sessionCookie(request, reply, deps.publicUrl);
    const caller = await findCaller(request, { needs, session }, deps);
    const asked = checkPart(simulationRequest, request.body);
    const act: LinesAct = { caller, name: 'simulate' };
    await lines.send(request, reply, act, (signal) =>
      deps.admin.simulations.run(caller, asked, signal),
    );
  });
}
