import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { FastifyRequest } from 'fastify';
import type { ApiCallers } from '../../admin/api-callers.ts';
import { readBearer } from '../bearer.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { WriteKeys, WriteKeyUse } from '../ports.ts';
import { readWriteKey } from './write-key.ts';

export interface SenderDeps {
  readonly writeKeys: WriteKeys;
  readonly servers: Pick<ApiCallers, 'find'>;
  readonly limits: Pick<RequestLimits, 'takeOfSender'>;
}

/** Whose events these are, and how far the sender may be believed. */
export interface Sender {
  readonly workspaceId: WorkspaceId;
  /** A server of the shop that has an API key: what it says of a member needs no signature. */
  readonly isTrusted: boolean;
  /** It may learn what Tenth holds about people. */
  readonly mayRead: boolean;
}

/**
 * An API key in `Authorization: Bearer` shows the shop's own server; a write key may be anybody's. Some
 * clients send a bearer token of their own beside the write key, which says nothing here.
 *
 * @throws {Problem} write-key-missing, write-key-unknown, scope-missing, origin-not-allowed, too-many-requests
 */
export async function findSender(
  { headers, query }: Pick<FastifyRequest, 'headers' | 'query'>,
  body: JsonObject,
  { writeKeys, servers, limits }: SenderDeps,
): Promise<Sender> {
  const { authorization } = headers;
  const secret = readBearer(authorization);
  const server = secret === undefined ? undefined : await servers.find(secret);
  if (secret !== undefined && server !== undefined) {
    limits.takeOfSender(secret);
    if (!server.permissions.has('collect')) {
      throw new Problem('scope-missing', 'Use an API key with the scope collect.');
    }
    return {
      workspaceId: server.workspaceId,
      isTrusted: true,
      mayRead: server.permissions.has('read_people'),
    };
  }
  const writeKey = readWriteKey({ authorization, body, query });
  const use = await writeKeys.find(writeKey);
  if (use === undefined) {
    throw new Problem(
      'write-key-unknown',
      'Use a write key of a workspace; the console shows them.',
    );
  }
  requireAllowedOrigin(use, headers.origin);
  limits.takeOfSender(writeKey);
  return { workspaceId: use.workspaceId, isTrusted: false, mayRead: false };
}

/**
 * Why somebody is shown something says what Tenth holds about them, so a write key, which anybody can have,
 * is not enough to ask.
 *
 * @throws {Problem} api-key-missing, scope-missing
 */
export function requireReader({ isTrusted, mayRead }: Sender): void {
  if (!isTrusted) {
    throw new Problem(
      'api-key-missing',
      'Send Authorization: Bearer with an API key that has the scopes read and collect, or leave explain out.',
      'explain',
    );
  }
  if (!mayRead) {
    throw new Problem(
      'scope-missing',
      'Use an API key with the scopes read and collect, or leave explain out.',
      'explain',
    );
  }
}

/**
 * Browsers say which page a request comes from, and no script of a page can change what they say. Who is
 * no browser can: this keeps a key from being used by other sites, not from being used at all.
 */
function requireAllowedOrigin({ origins }: WriteKeyUse, origin: string | undefined): void {
  if (origin !== undefined && origins.length > 0 && !origins.includes(origin)) {
    throw new Problem('origin-not-allowed', 'Add the origin of the page to the write key.');
  }
}
