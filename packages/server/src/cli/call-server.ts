import { hostname } from 'node:os';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { permissions } from '@tenth/model/permission.ts';
import { problemDetails } from '@tenth/model/problem.ts';
import type { Caller } from '../admin/call.ts';
import { openTenth } from '../assembly/open-tenth.ts';
import type { Tenth } from '../assembly/tenth.ts';
import { readConfig } from '../config/read-config.ts';
import { createLogger } from '../telemetry/logger.ts';
import type { CliContext, Flags } from './context.ts';
import { version } from './version.ts';

/** Where a command finds the workspace: a server that runs, or this machine's data directory. */
export interface Remote {
  readonly url: string;
  readonly apiKey: string;
}

/** @throws {Error} `--url` stands without `--api-key`. */
export function remoteOf(flags: {
  readonly url?: string | undefined;
  readonly apiKey?: string | undefined;
}): Remote | undefined {
  const { url, apiKey } = flags;
  if (url === undefined) {
    return undefined;
  }
  if (apiKey === undefined) {
    throw new Error('give --api-key along with --url');
  }
  return { url, apiKey };
}

/**
 * Calls a server.
 *
 * @throws {Error} It refused: with the detail and the field that it gave.
 */
export async function callServer(
  { url, apiKey }: Remote,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const reply = await fetch(new URL(path, url), {
    ...init,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  });
  if (!reply.ok) {
    throw new Error(await refusalOf(reply));
  }
  return reply;
}

async function refusalOf(reply: Response): Promise<string> {
  const problem = problemDetails.safeParse(await reply.json().catch(() => undefined));
  if (!problem.success) {
    return `the server answered ${reply.status}`;
  }
  const { title, detail, field } = problem.data;
  return [field, title, detail].filter((part) => part !== undefined).join(': ');
}

/** Whoever runs a command on the server's own machine. */
export function localCaller(workspaceId: WorkspaceId): Caller {
  return {
    workspaceId,
    permissions: new Set(permissions),
    identity: { kind: 'command', id: hostname() },
  };
}

/** Opens this machine's data directory, which no server may be using meanwhile. */
export async function openHere(
  flags: Flags,
  context: CliContext,
): Promise<{ readonly tenth: Tenth; readonly caller: Caller }> {
  const config = readConfig({ environment: context.environment, flags });
  const tenth = await openTenth({
    config,
    logger: createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel),
    version,
    builtDirectory: context.builtDirectory,
  });
  return { tenth, caller: localCaller(tenth.workspaceId) };
}
