import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserSettings, CollectReply } from '@tenth/model/collect-api.ts';
import type { Decision } from '@tenth/model/decision.ts';
import type { OutgoingEvent } from '../core/outgoing-event.ts';

export interface ReceivedBatch {
  readonly writeKey: string;
  readonly decide: boolean;
  readonly settingsVersion: number;
  readonly sentAt: string;
  readonly batch: readonly OutgoingEvent[];
  readonly contentType: string;
}

/** What a test has the server say: a reply, raw bytes, or nothing at all. */
export type Answer =
  | { readonly kind: 'reply'; readonly reply: CollectReply }
  | { readonly kind: 'raw'; readonly status: number; readonly type: string; readonly body: string }
  | { readonly kind: 'hang' };

export const ok: Answer = { kind: 'reply', reply: { success: true } };

export function decide(...decisions: Decision[]): Answer {
  return { kind: 'reply', reply: { success: true, decisions } };
}

export function withSettings(settings: Partial<BrowserSettings>, ...decisions: Decision[]): Answer {
  const all: BrowserSettings = {
    version: 1,
    watches: [],
    brand: {
      primary: '#1a1a2e',
      onPrimary: '#ffffff',
      surface: '#ffffff',
      onSurface: '#1a1a1a',
      radiusPx: 12,
      fontFamily: 'inherit',
    },
    takeOverDataLayer: false,
    locale: 'ko',
    ...settings,
  };
  return { kind: 'reply', reply: { success: true, settings: all, decisions } };
}

/** Answers a batch by the name of an event in it, or by its type; `ok` where none is given. */
export function answers(
  byName: Readonly<Record<string, Answer>>,
): (batch: ReceivedBatch) => Answer {
  return ({ batch }) => {
    const named = batch.map((event) => byName[event.event ? String(event.event) : event.type]);
    return named.find((answer) => answer !== undefined) ?? ok;
  };
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  return body;
}

/** A server that serves the built script and answers batches as the test tells it to. */
export class FakeTenth {
  readonly received: ReceivedBatch[] = [];
  /** Paths asked for, in order: which chunks were loaded. */
  readonly paths: string[] = [];
  answer: (batch: ReceivedBatch) => Answer = () => ok;
  origin = '';
  readonly #outDir: string;
  readonly #server: Server;

  constructor(outDir: string) {
    this.#outDir = outDir;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  async start(): Promise<void> {
    this.origin = await listen(this.#server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  forget(): void {
    this.received.length = 0;
    this.paths.length = 0;
    this.answer = () => ok;
  }

  /** Every event that came, repeated ones too. */
  get events(): OutgoingEvent[] {
    return this.received.flatMap(({ batch }) => batch);
  }

  named(event: string): OutgoingEvent[] {
    return this.events.filter((each) => each.event === event);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    this.paths.push(`${request.method} ${path}`);
    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'POST' && path === '/v1/batch') {
      const batch: ReceivedBatch = {
        ...JSON.parse(await readBody(request)),
        contentType: request.headers['content-type'] ?? '',
      };
      this.received.push(batch);
      this.#say(this.answer(batch), response);
      return;
    }
    const script = await readFile(join(this.#outDir, path.slice(1)), 'utf8');
    response.setHeader('content-type', 'text/javascript; charset=utf-8');
    response.end(script);
  }

  #say(answer: Answer, response: ServerResponse): void {
    if (answer.kind === 'reply') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer.reply));
    } else if (answer.kind === 'raw') {
      response.writeHead(answer.status, { 'content-type': answer.type });
      response.end(answer.body);
    }
  }
}
