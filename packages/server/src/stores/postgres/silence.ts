import { Problem } from '@tenth/model/problem.ts';
import { sqlStateOf } from './connection.ts';

/** What `pg` says of a connection that broke or did not answer in time; it gives these no code. */
const PG_SAYS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/;

/**
 * SQLSTATEs of a server that is not there for now: connection_exception, admin_shutdown, crash_shutdown,
 * cannot_connect_now, too_many_connections, and a primary that has become a standby.
 */
const AWAY = /^(08...|57P0[123]|53300|25006)$/;

/** SQLSTATEs of a server that is there and cannot do it now: no resources, time is up. */
const UNABLE = /^(53...|57014)$/;

/** The server did not answer, or said that it is going or coming: it may be worth asking again, later. */
export function isSilence(error: unknown): boolean {
  const code = sqlStateOf(error);
  if (code !== undefined) {
    // Codes of the operating system: ECONNREFUSED, ETIMEDOUT, EPIPE, ENOTFOUND.
    return AWAY.test(code) || /^E[A-Z]{3,}/.test(code);
  }
  return error instanceof Error && PG_SAYS.test(error.message);
}

/** What a caller of Tenth is told; what is a bug of ours stays as it is. */
export function asStoreProblem(error: unknown): unknown {
  if (!isSilence(error) && !UNABLE.test(sqlStateOf(error) ?? '')) {
    return error;
  }
  const problem = new Problem(
    'store-unavailable',
    'The database cannot be used now; try again in a few seconds.',
  );
  problem.cause = error;
  return problem;
}
