import { lookup } from 'node:dns/promises';
import { Problem } from '@tenth/model/problem.ts';
import { SECOND_MS } from '@tenth/model/time.ts';
import { Agent, type Dispatcher, errors, request } from 'undici';
import { allowedDestinations } from './allowed-destinations.ts';
import { guardedConnect, type Resolve } from './guarded-connect.ts';

export interface OutgoingRequest {
  readonly url: string;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutgoingReply {
  readonly status: number;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly body: Buffer;
}

/** The host did not answer as one can expect of it. */
export class OutgoingFailure extends Error {
  readonly reason: 'timed_out' | 'too_large' | 'too_many_redirects' | 'unreachable';

  constructor(reason: OutgoingFailure['reason'], cause?: unknown) {
    super(`the host: ${reason}`, { cause });
    this.name = 'OutgoingFailure';
    this.reason = reason;
  }
}

export interface OutgoingLimits {
  /** From the first connection to the last byte, redirects included. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly mostReplyBytes: number;
  readonly mostRedirects: number;
}

const usualLimits: OutgoingLimits = {
  timeoutMs: 10 * SECOND_MS,
  connectTimeoutMs: 3 * SECOND_MS,
  mostReplyBytes: 2 * 1024 * 1024,
  mostRedirects: 3,
};

export interface Outgoing {
  /**
   * Calls an address that somebody gave.
   *
   * @throws {Problem} address-refused: not http or https, or not on the public internet
   * @throws {OutgoingFailure} The host does not answer, or answers too late or too much.
   */
  send(request: OutgoingRequest): Promise<OutgoingReply>;
  close(): Promise<void>;
}

export interface OutgoingDeps {
  /** What may be called although it is not public; see {@link allowedDestinations}. */
  readonly allow: readonly string[];
  readonly resolve?: Resolve;
  readonly limits?: Partial<OutgoingLimits>;
}

/** The one way out of the server over HTTP, for addresses that the server's operator did not choose. */
export function createOutgoing({ allow, resolve = resolveHere, limits }: OutgoingDeps): Outgoing {
  const { timeoutMs, connectTimeoutMs, mostReplyBytes, mostRedirects } = {
    ...usualLimits,
    ...limits,
  };
  const connect = guardedConnect({
    resolve,
    allowed: allowedDestinations(allow),
    connectTimeoutMs,
  });
  const agent = new Agent({ connect });

  async function follow(asked: OutgoingRequest, signal: AbortSignal): Promise<OutgoingReply> {
    let next = { ...asked, url: checkedUrl(asked.url) };
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const { url, method, headers, body } = next;
      const reply = await request(url, {
        dispatcher: agent,
        method,
        signal,
        headers: { 'user-agent': 'Tenth', 'accept-encoding': 'identity', ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const target = method === 'POST' ? undefined : redirectOf(reply, url);
      if (target === undefined) {
        const bytes = await readUpTo(mostReplyBytes, reply.body);
        return { status: reply.statusCode, url: url.href, body: bytes };
      }
      await reply.body.dump();
      // A secret that was meant for one host is not told to another.
      const isSame = target.origin === url.origin;
      next = { method, url: target, ...(isSame && headers !== undefined ? { headers } : {}) };
    }
    throw new OutgoingFailure('too_many_redirects');
  }

  return {
    async send(asked) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return await follow(asked, signal);
      } catch (error) {
        throw toFailure(error, signal);
      }
    },
    close: () => agent.close(),
  };
}

async function resolveHere(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

/** @throws {Problem} address-refused */
function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Problem('address-refused', 'Give an address with http:// or https://.', 'url');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Problem('address-refused', 'Give the address without a name and password.', 'url');
  }
  return url;
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string') {
    return undefined;
  }
  const isAddress = URL.canParse(location, from.href);
  return checkedUrl(isAddress ? new URL(location, from).href : location);
}

async function readUpTo(mostBytes: number, body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Left early, the loop closes the connection.
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new OutgoingFailure('too_large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toFailure(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof Problem || error instanceof OutgoingFailure) {
    return error;
  }
  const isLate = signal.aborted || error instanceof errors.ConnectTimeoutError;
  return new OutgoingFailure(isLate ? 'timed_out' : 'unreachable', error);
}
