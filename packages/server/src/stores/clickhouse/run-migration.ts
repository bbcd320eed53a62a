import { setTimeout as wait } from 'node:timers/promises';
import { ClickHouseError } from '@clickhouse/client';
import { SECOND_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import { systemTable } from './cluster-statements.ts';
import type { ClickHouseConnection } from './connect.ts';
import { isOutOfTime } from './log-away.ts';
import type { Migration } from './migration.ts';

const LOOK_EVERY_MS = SECOND_MS;
/** A user may be granted its own database and nothing of `system`. */
const ACCESS_DENIED = '497';

const databaseRow = z.object({ database: z.string() });
const runningRow = z.object({ running: z.coerce.number() });

/**
 * Runs the statements of one step.
 *
 * @throws {Error} One took longer than is waited for. That is not a log that is away: tried again by itself,
 *   the same would be begun once more beside it.
 */
export async function runMigration(
  log: Pick<ClickHouseConnection, 'client' | 'cluster'>,
  { version, name, statements }: Migration,
): Promise<void> {
  for (const query of statements) {
    try {
      if (isFill(query)) {
        await untilEnded(log, query);
      }
      await log.client.command({ query });
    } catch (error) {
      throw isOutOfTime(error) ? new Error(adviceFor(version, name)) : error;
    }
  }
}

/** What reads all events may take hours; anything else is done at once. */
const isFill = (statement: string) => /^\s*INSERT\b/.test(statement);

/**
 * Waits for the same fill of a try before, whose process or connection is gone: ClickHouse goes on with an
 * INSERT that nobody waits for. It is done again afterwards, since nobody knows how it ended.
 */
async function untilEnded(
  { client, cluster }: Pick<ClickHouseConnection, 'client' | 'cluster'>,
  statement: string,
): Promise<void> {
  const ask = async (query: string, query_params: Readonly<Record<string, string>> = {}) =>
    (await client.query({ query, query_params, format: 'JSONEachRow' })).json<unknown>();
  // Each server would name its own.
  const [named] = await ask('SELECT currentDatabase() AS database');
  const { database } = databaseRow.parse(named);
  try {
    for (;;) {
      const [row] = await ask(
        `SELECT toString(count()) AS running FROM ${systemTable('processes', cluster)}
        WHERE current_database = {database:String} AND startsWith(trimLeft(query), {statement:String})`,
        { database, statement: statement.trim() },
      );
      if (runningRow.parse(row).running === 0) {
        return;
      }
      await wait(LOOK_EVERY_MS);
    }
  } catch (error) {
    if (!(error instanceof ClickHouseError && error.code === ACCESS_DENIED)) {
      throw error;
    }
  }
}

function adviceFor(version: number, name: string): string {
  return [
    `Migration ${version} (${name}) of ClickHouse took longer than is waited for, and may still be running there.`,
    "Look for it with SELECT query_id, elapsed FROM system.processes WHERE query LIKE 'INSERT%', let it end or KILL QUERY it,",
    'lift max_execution_time of the user if that has ended it, and run tenth migrate again.',
  ].join(' ');
}
