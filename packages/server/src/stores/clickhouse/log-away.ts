import { type ClickHouseClient, ClickHouseError } from '@clickhouse/client';
import { Problem } from '@tenth/model/problem.ts';

/**
 * Exceptions of a server that cannot answer now: too many questions, no memory, out of time, and in a
 * cluster, shards, replicas or Keeper that are away.
 */
const CANNOT_NOW = new Set([
  '159',
  '202',
  '209',
  '210',
  '225',
  '241',
  '242',
  '279',
  '285',
  '286',
  '289',
  '319',
  '999',
]);

/** What the client says of a server that did not answer in time; it gives this no code. */
const TIMED_OUT = 'Timeout error.';

/** The event log is away, rather than refusing what was asked. */
export function isLogAway(error: unknown): boolean {
  if (error instanceof ClickHouseError) {
    return CANNOT_NOW.has(error.code);
  }
  if (!(error instanceof Error)) {
    return false;
  }
  // Codes of the operating system: ECONNREFUSED, ECONNRESET, ETIMEDOUT.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message === TIMED_OUT || /^E[A-Z]{3,}/.test(code);
}

/** TIMEOUT_EXCEEDED and SOCKET_TIMEOUT. */
const OUT_OF_TIME = new Set(['159', '209']);

/** Time ran out, on this side or on the server's, whether or not callers were told that the log is away. */
export function isOutOfTime(error: unknown): boolean {
  if (error instanceof Problem) {
    return isOutOfTime(error.cause);
  }
  return error instanceof ClickHouseError
    ? OUT_OF_TIME.has(error.code)
    : error instanceof Error && error.message === TIMED_OUT;
}

/** The same client, that tells callers of Tenth in their own words when the event log is away. */
export function tellingWhenAway(client: ClickHouseClient): ClickHouseClient {
  const query = client.query.bind(client);
  const command = client.command.bind(client);
  const asked: ClickHouseClient['query'] = (params) => query(params).catch(rethrow);
  const done: ClickHouseClient['command'] = (params) => command(params).catch(rethrow);
  client.query = asked;
  client.command = done;
  return client;
}

function rethrow(error: unknown): never {
  if (!isLogAway(error)) {
    throw error;
  }
  const problem = new Problem(
    'store-unavailable',
    'The event log does not answer now; try again in a few seconds. Events go on being taken.',
  );
  problem.cause = error;
  throw problem;
}
