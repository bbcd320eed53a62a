import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type RouteName, routes } from '@tenth/model/api.ts';
import { Problem } from '@tenth/model/problem.ts';
import { eventStreamPath, type TimelineEvent } from '@tenth/model/timeline-event.ts';
import { pagePolicy } from '@tenth/server/http/security-headers.ts';
import { readBody, replies } from './stub-replies.ts';
import type { StubState } from './stub-state.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface StubServer {
  readonly url: string;
  readonly state: StubState;
  /** Sends an event to everyone who follows the stream. */
  emit(event: TimelineEvent): void;
  /** Cuts every stream, as a restart of the server would. */
  cutStreams(): void;
  close(): Promise<void>;
}

/** Serves a built console and answers its API from `state`. */
export async function startStub(distDir: string, state: StubState): Promise<StubServer> {
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://stub').pathname;
    if (path === eventStreamPath) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 100\n\n');
      streams.add(response);
      request.on('close', () => streams.delete(response));
      return;
    }
    const answered = path.startsWith('/api/')
      ? answerApi(request, response, state)
      : sendFile(distDir, path, response);
    answered.catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the stub has no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}/console/`,
    state,
    emit: (event) => {
      for (const stream of streams) {
        stream.write(`data: ${JSON.stringify(event)}\n\n`);
      }
    },
    cutStreams: () => {
      for (const stream of streams) {
        stream.destroy();
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function sendFile(distDir: string, path: string, response: ServerResponse): Promise<void> {
  const inside = normalize(path.replace(/^\/console\/?/, '')).replace(/^(\.\.[/\\])+/, '');
  // Addresses of pages are the console's own; each gets the one document.
  const name = extname(inside) === '' ? 'index.html' : inside;
  const content = await readFile(join(distDir, name));
  response.writeHead(200, {
    ...pagePolicy('of-the-stub'),
    'content-type': mimeTypes[extname(name)] ?? 'application/octet-stream',
  });
  response.end(
    name === 'index.html' ? content.toString().replaceAll('tenth-nonce', 'of-the-stub') : content,
  );
}

interface Found {
  readonly name: RouteName;
  readonly params: Readonly<Record<string, string>>;
}

function findRoute(method: string | undefined, path: string): Found | undefined {
  // The keys of `routes` are its names.
  for (const name of Object.keys(routes) as RouteName[]) {
    const route = routes[name];
    const pattern = new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const groups = route.method === method ? pattern.exec(path) : null;
    if (groups !== null) {
      const params = Object.entries(groups.groups ?? {}).map(
        ([key, value]) => [key, decodeURIComponent(value)] as const,
      );
      return { name, params: Object.fromEntries(params) };
    }
  }
  return undefined;
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  state: StubState,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stub');
  const raw = await readAll(request);
  try {
    const found = findRoute(request.method, url.pathname);
    const answer = found === undefined ? undefined : replies[found.name];
    if (found === undefined || answer === undefined) {
      throw new Problem('not-found', 'the stub does not know this route');
    }
    const refusal = state.refusals.get(found.name);
    if (refusal !== undefined) {
      throw new Problem(refusal, 'the test asked for this refusal');
    }
    const route = routes[found.name];
    if (route.access !== 'public' && state.session !== 'signed_in') {
      throw new Problem('signed-out', 'sign in');
    }
    if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json') {
      throw new Problem('body-not-json', 'send JSON');
    }
    const reply = answer(
      { params: found.params, query: Object.fromEntries(url.searchParams), body: readBody(raw) },
      state,
    );
    // A reply that the contract does not allow is a mistake in the stub, and fails the test.
    send(response, 200, 'application/json', route.reply.parse(reply));
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('internal', String(error));
    send(response, problem.status, 'application/problem+json', problem.toDetails('stub-1'));
  }
}

function send(response: ServerResponse, status: number, type: string, body: unknown): void {
  response.writeHead(status, { 'content-type': type });
  response.end(JSON.stringify(body));
}

async function readAll(request: IncomingMessage): Promise<string> {
  let raw = '';
  for await (const chunk of request) {
    raw += chunk;
  }
  return raw;
}
