import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FrontEngine, FrontRefusal, FrontReply } from './front-engine.ts';
import { type FrontRequest, readFrontRequest } from './front-request.ts';

/** As a ClickHouse server takes them; parameters of a long list stand in the address. */
const MAX_ADDRESS_BYTES = 1_048_576;

/** Statuses of the exceptions whose status is not 500, as far as Tenth may meet them. */
const STATUSES: ReadonlyMap<number, number> = new Map([
  [27, 400],
  [62, 400],
  [130, 400],
  [456, 400],
  [46, 404],
  [47, 404],
  [60, 404],
  [81, 404],
  [115, 404],
]);

/** ClickHouse's HTTP interface over the engine: statements, `/ping`, errors with their code. */
export function createFrontServer(engine: FrontEngine): Server {
  return createServer({ maxHeaderSize: MAX_ADDRESS_BYTES }, (request, response) => {
    answer(engine, request, response).catch((error: unknown) => {
      // Not a refusal of the engine but of this process: said in full, to whoever runs the test.
      console.error(error);
      response.writeHead(500).end(String(error));
    });
  });
}

async function answer(
  engine: FrontEngine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = new URL(request.url ?? '/', 'http://front');
  const body = await readBody(request);
  const asked = await readFrontRequest(address, flatten(request.headers), body);
  if (address.pathname === '/ping' || asked.statement === '') {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('Ok.\n');
    return;
  }
  const outcome = await engine.run(asked);
  if ('code' in outcome) {
    refuse(asked, outcome, response);
  } else {
    render(asked, outcome, response);
  }
}

function refuse(
  { queryId }: FrontRequest,
  { code, text }: FrontRefusal,
  response: ServerResponse,
): void {
  response
    .writeHead(STATUSES.get(code) ?? 500, {
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-exception-code': String(code),
      'x-clickhouse-query-id': queryId,
    })
    .end(`${text}\n`);
}

function render(
  { queryId, format, wantsGzip }: FrontRequest,
  { body, rowsRead, elapsedNs }: FrontReply,
  response: ServerResponse,
): void {
  response
    .writeHead(200, {
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-format': format,
      'x-clickhouse-query-id': queryId,
      'x-clickhouse-summary': JSON.stringify({
        read_rows: String(rowsRead),
        elapsed_ns: String(elapsedNs),
      }),
      ...(wantsGzip ? { 'content-encoding': 'gzip' } : {}),
    })
    .end(wantsGzip ? gzipSync(body) : body);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flatten(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
