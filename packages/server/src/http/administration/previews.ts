import { streamedRoutes } from '@tenth/model/api/streamed-routes.ts';
import { previewRequest } from '@tenth/model/preview.ts';
import type { FastifyInstance } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import { checkPart } from './check-part.ts';
import { type CallerDeps, findCaller } from './find-caller.ts';
import { JsonLines, type LinesAct } from './json-lines.ts';
import { sessionCookie } from './session-cookie.ts';

export interface PreviewDeps extends CallerDeps {
  readonly admin: CallerDeps['admin'] & Pick<Admin, 'previews' | 'auditTrail'>;
}

/** Previews of segments that are being written: size first, then whom, and how it compares. */
export function servePreviews(app: FastifyInstance, deps: PreviewDeps): void {
  const { path, needs } = streamedRoutes.previewSegment;
  const lines = new JsonLines(app, deps.admin.auditTrail);
  app.post(path, async (request, reply) => {
    const session = sessionCookie(request, reply, deps.publicUrl);
    const caller = await findCaller(request, { needs, session }, deps);
    const asked = checkPart(previewRequest, request.body);
    const act: LinesAct = { caller, name: 'previewSegment' };
    await lines.send(request, reply, act, (signal) =>
      deps.admin.previews.run(caller.workspaceId, asked, signal),
    );
  });
}
