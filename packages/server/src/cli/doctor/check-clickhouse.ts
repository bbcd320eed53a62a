import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { ClickHouseConnection } from '../../stores/clickhouse/connect.ts';
import { migrations } from '../../stores/clickhouse/migrate.ts';
import { checkClock } from './check-clock.ts';
import { checkSchema, noTables } from './check-schema.ts';
import { type Finding, messageOf } from './finding.ts';

/** The oldest with long-term support; tests run on the engine that is embedded. */
const OLDEST_CLICKHOUSE = [25, 8] as const;
const schema = { check: 'clickhouse.schema', store: 'ClickHouse' } as const;
const LEAST_FREE_BYTES = 5 * 1024 ** 3;

/** Version, clock, schema, rights and space. Changes nothing. */
export async function checkClickHouse(
  { client }: ClickHouseConnection,
  kind: 'embedded' | 'served',
  now: () => number,
): Promise<readonly Finding[]> {
  try {
    return [
      await checkVersion(client, kind),
      await checkClock('clickhouse.clock', 'ClickHouse', () => readClock(client), now),
      await checkMigrations(client),
      ...(kind === 'served' ? [await checkRights(client), ...(await checkSpace(client))] : []),
    ];
  } catch (error) {
    const what = `ClickHouse does not answer: ${messageOf(error)}; look at CLICKHOUSE_URL and the server`;
    return [{ check: 'clickhouse.answer', state: 'bad', what }];
  }
}

async function ask<Row>(
  client: ClickHouseClient,
  query: string,
  row: z.ZodType<Row>,
): Promise<readonly Row[]> {
  const reply = await client.query({ query, format: 'JSONEachRow' });
  return z.array(row).parse(await reply.json());
}

async function checkVersion(client: ClickHouseClient, kind: string): Promise<Finding> {
  const [row] = await ask(client, 'SELECT version() AS version', z.object({ version: z.string() }));
  const [major = 0, minor = 0] = (row?.version ?? '').split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_CLICKHOUSE;
  const isGood = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const advice = isGood ? '' : `; ${OLDEST_CLICKHOUSE.join('.')} or newer is advised`;
  return {
    check: 'clickhouse.version',
    state: isGood ? 'ok' : 'warning',
    what: `ClickHouse ${row?.version}${kind === 'embedded' ? ', embedded' : ''}${advice}`,
  };
}

async function readClock(client: ClickHouseClient): Promise<number> {
  const [row] = await ask(
    client,
    'SELECT toFloat64(toUnixTimestamp64Milli(now64(3))) AS at',
    z.object({ at: z.number() }),
  );
  return row?.at ?? Number.NaN;
}

async function checkMigrations(client: ClickHouseClient): Promise<Finding> {
  const [found] = await ask(
    client,
    'EXISTS TABLE schema_migrations',
    z.object({ result: z.number() }),
  );
  if (found?.result !== 1) {
    return noTables(schema);
  }
  const applied = await ask(
    client,
    'SELECT DISTINCT version, name FROM schema_migrations ORDER BY version',
    z.object({ version: z.number(), name: z.string() }),
  );
  return checkSchema(schema, migrations, applied);
}

async function checkRights(client: ClickHouseClient): Promise<Finding> {
  const check = 'clickhouse.rights';
  const [row] = await ask(
    client,
    "SELECT value FROM system.settings WHERE name = 'readonly'",
    z.object({ value: z.string() }),
  );
  return row?.value === undefined || row.value === '0'
    ? { check, state: 'ok', what: 'ClickHouse lets its user write' }
    : {
        check,
        state: 'bad',
        what: 'the user of CLICKHOUSE_URL may only read; take another profile of settings',
      };
}

async function checkSpace(client: ClickHouseClient): Promise<readonly Finding[]> {
  const disks = await ask(
    client,
    'SELECT name, toFloat64(unreserved_space) AS free FROM system.disks',
    z.object({ name: z.string(), free: z.number() }),
  );
  return disks.map(({ name, free }) => ({
    check: 'clickhouse.space',
    state: free >= LEAST_FREE_BYTES ? 'ok' : 'bad',
    what: `${(free / 1024 ** 3).toFixed(1)} GB free on ClickHouse's disk ${name}`,
  }));
}
