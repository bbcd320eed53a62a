import { eventStreamPath } from '@tenth/model/api.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import type { Caller } from '../../admin/call.ts';
import type { LiveEvents } from '../../admin/live-events.ts';
import { originOf } from './call-origin.ts';
import { type CallerDeps, findCaller } from './find-caller.ts';
import { sessionCookie } from './session-cookie.ts';

export interface EventStreamDeps extends CallerDeps {
  readonly admin: CallerDeps['admin'] & Pick<Admin, 'liveEvents' | 'auditTrail'>;
}

/** Proxies cut a silent connection after 30 s or more. */
const HEARTBEAT_MS = 15_000;
/** A reader this far behind misses events rather than filling the server's memory. */
const MOST_WAITING_BYTES = 1024 * 1024;
const MOST_WATCHERS = 50;

/** Each event as it is committed, for the console's live view: server-sent events. */
export function serveEventStream(app: FastifyInstance, deps: EventStreamDeps): void {
  const open = new Set<FastifyReply>();

  app.get(eventStreamPath, async (request, reply) => {
    const session = sessionCookie(request, reply, deps.publicUrl);
    const caller = await findCaller(request, { needs: 'read', session }, deps);
    const { liveEvents, auditTrail } = deps.admin;
    if (liveEvents.watchers(caller.workspaceId) >= MOST_WATCHERS) {
      throw new Problem('too-many-attempts', 'Too many are watching; close another window.');
    }
    const { workspaceId, identity } = caller;
    await auditTrail.run(
      {
        workspaceId,
        caller: identity,
        origin: originOf(request),
        name: 'streamEvents',
        target: {},
      },
      async () => {},
    );
    open.add(reply);
    stream(reply, caller, liveEvents);
    reply.raw.once('close', () => open.delete(reply));
  });

  // Otherwise the server would wait for the readers to go.
  app.addHook('preClose', async () => {
    for (const reply of open) {
      reply.raw.end();
    }
  });
}

function stream(reply: FastifyReply, { workspaceId }: Caller, liveEvents: LiveEvents): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // nginx would hold the events back.
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 2000\n\n');
  let missed = 0;
  const unsubscribe = liveEvents.subscribe(workspaceId, (event) => {
    if (raw.writableLength > MOST_WAITING_BYTES) {
      missed += 1;
      return;
    }
    if (missed > 0) {
      raw.write(`: missed ${missed}\n\n`);
      missed = 0;
    }
    raw.write(`id: ${event.messageId.replaceAll(/\s/g, ' ')}\ndata: ${JSON.stringify(event)}\n\n`);
  });
  const heartbeat = setInterval(() => raw.write(': alive\n\n'), HEARTBEAT_MS);
  raw.once('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
