import { createServer } from 'node:net';
import { z } from 'zod';
import type { Config } from '../../config/options.ts';
import { type Finding, messageOf } from './finding.ts';

const readyReply = z.object({ status: z.string(), reasons: z.array(z.string()) });

/** What answers at the configured port: whether Tenth is what runs there, and how it is. */
export type Running =
  | { readonly kind: 'tenth'; readonly status: string; readonly reasons: readonly string[] }
  | { readonly kind: 'nobody' };

export async function findRunning({ port, host }: Config): Promise<Running> {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const address = `http://${name.includes(':') ? `[${name}]` : name}:${port}/readyz`;
  try {
    const reply = await fetch(address, { signal: AbortSignal.timeout(3_000) });
    return { kind: 'tenth', ...readyReply.parse(await reply.json()) };
  } catch {
    // Nothing listens there, or something else does, which the check of the ports will find taken.
    return { kind: 'nobody' };
  }
}

/** Ports that a start would need; where Tenth runs already, how it is. */
export async function checkPorts(config: Config, running: Running): Promise<readonly Finding[]> {
  const { port, host } = config;
  if (running.kind === 'tenth') {
    const { status, reasons } = running;
    const said = [status.replace('_', ' '), ...reasons].join('; ');
    const state = status === 'ready' ? 'ok' : status === 'degraded' ? 'warning' : 'bad';
    return [{ check: 'server.ready', state, what: `Tenth runs on port ${port}: ${said}` }];
  }
  const wanted = port === 0 ? [] : [port, port + 1, port + 2];
  return Promise.all(wanted.map((one) => checkPort(one, host)));
}

function checkPort(port: number, host: string): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) =>
      resolve({
        check: 'host.port',
        state: 'bad',
        what: `port ${port} cannot be used: ${messageOf(error)}`,
      }),
    );
    server.listen({ port, host }, () =>
      server.close(() =>
        resolve({ check: 'host.port', state: 'ok', what: `port ${port} is free` }),
      ),
    );
  });
}
