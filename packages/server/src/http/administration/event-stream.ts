import { streamedRoutes } from '@tenth/model/api/streamed-routes.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import type { BrowserSession, Caller } from '../../admin/call.ts';
import type { LiveEvents } from '../../admin/live-events.ts';
import { originOf } from './call-origin.ts';
import { type CallerDeps, findCaller, isStillAllowed } from './find-caller.ts';
import { sessionCookie } from './session-cookie.ts';

export interface EventStreamDeps extends CallerDeps {
  readonly admin: CallerDeps['admin'] & Pick<Admin, 'liveEvents' | 'auditTrail'>;
}

/** Proxies cut a silent connection after 30 s or more. As often it is asked whether the reader may go on. */
const HEARTBEAT_MS = 15_000;
/** A reader this far behind misses events rather than filling the server's memory. */
const MOST_WAITING_BYTES = 1024 * 1024;
const MOST_WATCHERS = 50;

/** Each event as it is committed, for the console's live view: server-sent events. */
export function serveEventStream(app: FastifyInstance, deps: EventStreamDeps): void {
  const { path, needs } = streamedRoutes.streamEvents;
  const open = new Set<FastifyReply>();

  app.get(path, async (request, reply) => {
    const session = sessionCookie(request, reply, deps.publicUrl);
    const caller = await findCaller(request, { needs, session }, deps);
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
    if (reply.raw.destroyed) {
      // Left while we looked them up; nothing would tell of it any more.
      reply.hijack();
      return;
    }
    open.add(reply);
    stream(reply, caller, { liveEvents, mayGoOn: () => mayGoOn(request, session) });
    reply.raw.once('close', () => open.delete(reply));
  });

  async function mayGoOn(request: FastifyRequest, session: BrowserSession): Promise<boolean> {
    try {
      return await isStillAllowed(request, { needs, session }, deps);
    } catch (error) {
      // Who cannot be looked up now is let in again once they can.
      request.log.warn({ err: error, requestId: request.id }, 'http.stream.unknown');
      return false;
    }
  }

  // Otherwise the server would wait for the readers to go.
  app.addHook('preClose', async () => {
    for (const reply of open) {
      reply.raw.end();
    }
  });
}

function stream(
  reply: FastifyReply,
  { workspaceId }: Caller,
  {
    liveEvents,
    mayGoOn,
  }: { readonly liveEvents: LiveEvents; readonly mayGoOn: () => Promise<boolean> },
): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // nginx would hold the events back.
    'x-accel-buffering': 'no',
  });
  // The server may be closing, or the reader have gone, while an event or an answer is on its way here.
  const write = (text: string) => raw.writableEnded || raw.write(text);
  write('retry: 2000\n\n');
  let missed = 0;
  const unsubscribe = liveEvents.subscribe(workspaceId, (event) => {
    if (raw.writableLength > MOST_WAITING_BYTES) {
      missed += 1;
      return;
    }
    if (missed > 0) {
      write(`: missed ${missed}\n\n`);
      missed = 0;
    }
    write(`id: ${event.messageId.replaceAll(/\s/g, ' ')}\ndata: ${JSON.stringify(event)}\n\n`);
  });
  const beat = async () => {
    if (await mayGoOn()) {
      write(': alive\n\n');
    } else {
      stop();
      raw.end();
    }
  };
  const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS);
  const stop = () => {
    clearInterval(heartbeat);
    unsubscribe();
  };
  raw.once('close', stop);
}
