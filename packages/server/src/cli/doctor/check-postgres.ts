import { MINUTE_MS } from '@tenth/model/time.ts';
import type { MigrationStep } from '../../stores/due-migrations.ts';
import type { PostgresConnection } from '../../stores/postgres/connection.ts';
import { migrations } from '../../stores/postgres/migrate.ts';
import type { SealKeys } from '../../stores/postgres/seal.ts';
import { checkClock } from './check-clock.ts';
import { checkSchema, noTables } from './check-schema.ts';
import { checkTotpSecrets } from './check-totp-secrets.ts';
import { type Finding, messageOf } from './finding.ts';

const OLDEST_POSTGRES = 15;
/** A batch a second is shipped; so far behind, the event log is away. */
const LATE_MS = 5 * MINUTE_MS;

/** Version, clock, schema, rights and what waits for the event log. Changes nothing. */
export async function checkPostgres(
  postgres: PostgresConnection,
  { now, keys }: { readonly now: () => number; readonly keys: SealKeys },
): Promise<readonly Finding[]> {
  try {
    const version = await checkVersion(postgres);
    const hasTables = await hasTable(postgres, 'schema_versions');
    return [
      version,
      await checkClock('postgres.clock', 'PostgreSQL', () => readClock(postgres), now),
      await checkRights(postgres),
      ...(hasTables
        ? [
            await checkMigrations(postgres),
            await checkOutbox(postgres, now),
            ...((await hasTable(postgres, 'users'))
              ? [await checkTotpSecrets(postgres, keys)]
              : []),
          ]
        : [noTables(schema)]),
    ];
  } catch (error) {
    const what = `PostgreSQL does not answer: ${messageOf(error)}; look at DATABASE_URL and the server`;
    return [{ check: 'postgres.answer', state: 'bad', what }];
  }
}

const schema = { check: 'postgres.schema', store: 'PostgreSQL' } as const;

async function hasTable(postgres: PostgresConnection, name: string): Promise<boolean> {
  const [row] = await postgres.read<{ readonly found: boolean }>(
    'select to_regclass($1::text) is not null as found',
    [name],
  );
  return row?.found === true;
}

async function checkVersion(postgres: PostgresConnection): Promise<Finding> {
  const [row] = await postgres.read<{ readonly server_version: string }>('show server_version', []);
  const version = row?.server_version ?? '';
  const isGood = Number.parseInt(version, 10) >= OLDEST_POSTGRES;
  const advice = isGood ? '' : `; ${OLDEST_POSTGRES} or newer is needed`;
  return {
    check: 'postgres.version',
    state: isGood ? 'ok' : 'bad',
    what: `PostgreSQL ${version}${postgres.kind === 'embedded' ? ', embedded' : ''}${advice}`,
  };
}

async function readClock(postgres: PostgresConnection): Promise<number> {
  const [row] = await postgres.read<{ readonly at: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint as at',
    [],
  );
  return row?.at ?? Number.NaN;
}

async function checkRights(postgres: PostgresConnection): Promise<Finding> {
  const check = 'postgres.rights';
  const [row] = await postgres.read<{ readonly create: boolean; readonly write: boolean }>(
    `select has_schema_privilege(current_schema(), 'create') as create,
      coalesce(bool_and(has_table_privilege(oid, 'select, insert, update, delete')), true) as write
    from pg_class where relkind = 'r' and relname in ('profiles', 'identifiers', 'outbox')
      and relnamespace = current_schema()::regnamespace`,
    [],
  );
  if (row?.write !== true) {
    const what =
      'the user of DATABASE_URL may not write to the tables; grant it select, insert, update and delete';
    return { check, state: 'bad', what };
  }
  return row.create
    ? { check, state: 'ok', what: 'PostgreSQL lets its user write and make tables' }
    : {
        check,
        state: 'warning',
        what: 'the user of DATABASE_URL may not make tables; migrate with one that may',
      };
}

async function checkMigrations(postgres: PostgresConnection): Promise<Finding> {
  const applied = await postgres.read<MigrationStep>(
    'select version, name from schema_versions order by version',
    [],
  );
  return checkSchema(schema, migrations, applied);
}

async function checkOutbox(postgres: PostgresConnection, now: () => number): Promise<Finding> {
  const check = 'outbox.lag';
  const [row] = await postgres.read<{ readonly rows: number; readonly oldest: number | null }>(
    'select count(*) as rows, min(created_at) as oldest from outbox',
    [],
  );
  const { rows = 0, oldest = null } = row ?? {};
  if (oldest === null) {
    return { check, state: 'ok', what: 'nothing waits for the event log' };
  }
  const ageMs = Math.max(0, now() - oldest);
  const what = `${rows} commits wait for the event log, the oldest for ${Math.round(ageMs / 1_000)} s`;
  return ageMs <= LATE_MS
    ? { check, state: 'ok', what }
    : { check, state: 'warning', what: `${what}; they are shipped while Tenth runs` };
}
