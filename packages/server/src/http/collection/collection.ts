import type { CollectReply } from '@tenth/model/collect-api.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Client, Collector } from '../ports.ts';
import { BodiesUnderWay } from './bodies-under-way.ts';
import { allowAnyOrigin } from './cross-origin.ts';
import { type Endpoint, endpoints } from './endpoints.ts';
import { findSender, requireReader, type SenderDeps } from './find-sender.ts';
import { MAX_BODY_BYTES, readBody } from './read-body.ts';

export interface CollectionDeps extends SenderDeps {
  readonly collector: Collector;
  readonly now: () => number;
}

/** The collector's routes: read the bytes, find the workspace, hand over, answer. */
export function serveCollection(app: FastifyInstance, deps: CollectionDeps): void {
  allowAnyOrigin(app);
  const underWay = new BodiesUnderWay();
  app.removeAllContentTypeParsers();
  // Beacons come as text/plain to need no preflight, and some clients name no type at all.
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (_request, bytes, done) => done(null, bytes),
  );
  for (const endpoint of endpoints) {
    for (const path of [endpoint.path, ...endpoint.aliases]) {
      app.post(path, (request, reply) => answer(endpoint, request, reply, { ...deps, underWay }));
      app.options(path, preflight);
    }
  }
}

async function answer(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  { collector, now, underWay, ...senders }: CollectionDeps & { readonly underWay: BodiesUnderWay },
): Promise<FastifyReply> {
  const receivedAt = now();
  const { headers } = request;
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { body, bodyBytes } = await readBody(bytes, headers['content-encoding'] ?? '');
  const sender = await findSender(request, body, senders);
  const { workspaceId, isTrusted } = sender;
  const isDecide = endpoint.isDecide === true;
  const isExplained = isDecide && body['explain'] === true;
  if (isExplained) {
    requireReader(sender);
  }
  const outcome = await underWay.during(bodyBytes, () =>
    collector.collect({
      workspaceId,
      isTrusted,
      call: endpoint.call === 'any' && Array.isArray(body['batch']) ? 'batch' : endpoint.call,
      body,
      bodyBytes,
      receivedAt,
      client: readClient(request),
      isDecide,
      isExplained,
    }),
  );
  return sendReply(reply, outcome);
}

function readClient({ headers, ip }: FastifyRequest): Client {
  return {
    ip,
    userAgent: headers['user-agent'] ?? '',
    referer: headers.referer ?? '',
    origin: headers.origin ?? '',
    clientHints: {
      'sec-ch-ua': oneOf(headers['sec-ch-ua']),
      'sec-ch-ua-mobile': oneOf(headers['sec-ch-ua-mobile']),
      'sec-ch-ua-platform': oneOf(headers['sec-ch-ua-platform']),
    },
    gpc: headers['sec-gpc'] === '1',
  };
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** 400 when none of the events was taken: a client must not send them again as they are. */
function sendReply(reply: FastifyReply, outcome: CollectReply): FastifyReply {
  return reply
    .code(outcome.success ? 200 : 400)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(outcome));
}

/** Answered by {@link allowAnyOrigin} before it gets here. */
export async function preflight(_request: FastifyRequest, reply: FastifyReply) {
  return reply.code(204).send();
}
