import { streamedRoutes } from '@tenth/model/api/streamed-routes.ts';
import { personRef } from '@tenth/model/person.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Admin } from '../../admin/admin.ts';
import { checkPart } from './check-part.ts';
import { type CallerDeps, findCaller } from './find-caller.ts';
import { JsonLines, type LinesAct } from './json-lines.ts';
import { sessionCookie } from './session-cookie.ts';

export interface PersonExportDeps extends CallerDeps {
  readonly admin: CallerDeps['admin'] & Pick<Admin, 'personExports' | 'auditTrail'>;
}

const params = z.strictObject({ person: personRef });

/** All that is held of one person. */
export function servePersonExports(app: FastifyInstance, deps: PersonExportDeps): void {
  const { path, needs } = streamedRoutes.exportPerson;
  const lines = new JsonLines(app, deps.admin.auditTrail);
  app.get(path, async (request, reply) => {
    const session = sessionCookie(request, reply, deps.publicUrl);
    const caller = await findCaller(request, { needs, session }, deps);
    const { person } = checkPart(params, request.params);
    const act: LinesAct = { caller, name: 'exportPerson', target: { person } };
    await lines.send(request, reply, act, (signal) =>
      deps.admin.personExports.run(caller, person, signal),
    );
  });
}
