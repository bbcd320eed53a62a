import { randomBytes } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { ErasedTable } from '@tenth/model/erasure.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import type { ErasureLog, PersonTraces } from '../../privacy/ports.ts';
import { fillProfileTablesSql } from './profile-tables.ts';
import { personLinkColumns } from './rows.ts';
import { toTabLine } from './tab-line.ts';

/** An outbox row's events have its id in the upper bits of their place in the log; see `log-text.ts`. */
const PLACE_BITS = 20n;
/** Rows that another query writes while they are deleted, as a build of levels may, take another turn. */
const MOST_TURNS = 3;

const tableRow = z.object({ table: z.string().regex(/^\w+$/), columns: z.array(z.string()) });
type Table = z.infer<typeof tableRow>;
const countRow = z.object({ found: z.coerce.number() });

/**
 * Erases people from the event log: from every table that has a column by which a person's rows are known,
 * so that a table that comes later is not forgotten. Parts are rewritten, not masked.
 */
export function createErasureLog(client: ClickHouseClient): ErasureLog {
  return {
    async remove(workspaceId, { traces, lastOutboxId }) {
      const attempt = randomBytes(12).toString('hex');
      const asked = { workspaceId, attempt, beforeSeq: (lastOutboxId + 1n) << PLACE_BITS };
      await noteTraces(client, attempt, traces);
      try {
        const tables = await findTables(client);
        await noteTouched(client, asked);
        const erased: ErasedTable[] = [];
        for (const table of tables) {
          erased.push(await removeFrom(client, table, asked));
        }
        await refill(client, asked);
        return erased;
      } finally {
        await client.command({
          query: 'ALTER TABLE erasing DROP PARTITION {attempt:String}',
          query_params: { attempt },
        });
      }
    },

    async link(workspaceId, links) {
      const lines = links.map(({ profileId, personId, version }) =>
        toTabLine([workspaceId, profileId, personId, version]),
      );
      if (lines.length > 0) {
        await client.command({
          query: `INSERT INTO person_links (${personLinkColumns.join(', ')}) SETTINGS async_insert = 0 FORMAT TabSeparated\n${lines.join('\n')}`,
        });
      }
    },
  };
}

async function noteTraces(
  client: ClickHouseClient,
  attempt: string,
  traces: PersonTraces,
): Promise<void> {
  const lines = Object.entries({
    profile: traces.profileIds,
    user: traces.userIds,
    anonymous: traces.anonymousIds,
    other: traces.othersAnonymousIds,
  }).flatMap(([kind, values]) => values.map((value) => toTabLine([attempt, kind, value])));
  if (lines.length > 0) {
    await client.command({
      query: `INSERT INTO erasing (attempt, kind, value) SETTINGS async_insert = 0 FORMAT TabSeparated\n${lines.join('\n')}`,
    });
  }
}

/** Profiles under which events of the person were filed: their own, and those they were parted from. */
async function noteTouched(
  client: ClickHouseClient,
  { workspaceId, attempt, beforeSeq }: Asked,
): Promise<void> {
  await client.command({
    query: `INSERT INTO erasing (attempt, kind, value) SELECT DISTINCT {attempt:String}, 'touched', profile_id
      FROM events WHERE ${whereOfPerson({ table: 'events', columns: ['profile_id'] })}`,
    query_params: { workspaceId, attempt, beforeSeq: beforeSeq.toString() },
  });
}

/** Of whoever began anew, and of others who were touched, what follows from the events that stay. */
async function refill(client: ClickHouseClient, { workspaceId, attempt }: Asked): Promise<void> {
  const where = `workspace_id = {workspaceId:String} AND profile_id IN ${noted(['touched', 'profile'])}`;
  for (const query of fillProfileTablesSql(where)) {
    await client.command({ query, query_params: { workspaceId, attempt } });
  }
}

/** Tables of the log that know a person by one of these columns. */
const PERSON_COLUMNS = ['profile_id', 'person_id', 'profile_hash', 'person_hash'];

async function findTables(client: ClickHouseClient): Promise<readonly Table[]> {
  const reply = await client.query({
    query: `
      SELECT table, groupArray(name) AS columns FROM system.columns
      WHERE database = currentDatabase() AND table IN (
        SELECT name FROM system.tables
        WHERE database = currentDatabase() AND (engine LIKE '%MergeTree' OR engine = 'Distributed'))
        AND NOT endsWith(table, '_local')
      GROUP BY table
      HAVING has(columns, 'workspace_id') AND hasAny(columns, {known:Array(String)})
      ORDER BY table`,
    query_params: { known: PERSON_COLUMNS },
    format: 'JSONEachRow',
  });
  const tables = z.array(tableRow).parse(await reply.json());
  if (!tables.some(({ table }) => table === 'events')) {
    throw new Error('the tables of the event log were not found');
  }
  return tables;
}

interface Asked {
  readonly workspaceId: WorkspaceId;
  readonly attempt: string;
  /** Rows of the log from there on are of whoever began anew. */
  readonly beforeSeq: bigint;
}

/** @throws {Error} Some rows stay. */
async function removeFrom(
  client: ClickHouseClient,
  { table, columns }: Table,
  { workspaceId, attempt, beforeSeq }: Asked,
): Promise<ErasedTable> {
  const where = whereOfPerson({ table, columns });
  const query_params = { table, workspaceId, attempt, beforeSeq: beforeSeq.toString() };
  const count = async (): Promise<number> => {
    const reply = await client.query({
      query: `SELECT toString(count()) AS found FROM {table:Identifier} WHERE ${where}`,
      query_params,
      format: 'JSONEachRow',
    });
    return countRow.parse((await reply.json<unknown>())[0]).found;
  };
  let removed = 0;
  let left = await count();
  for (let turn = 0; left > 0; turn += 1) {
    if (turn === MOST_TURNS) {
      throw new Error(`${left} rows of an erased person stay in ${table}`);
    }
    removed += left;
    await client.command({
      // By its name in the statement: on a cluster, that tells where the rows are stored.
      query: `ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1`,
      query_params,
    });
    left = await count();
  }
  return { store: 'event_log', table, removed, left };
}

type Noted = 'profile' | 'user' | 'anonymous' | 'other' | 'touched';

const noted = (kinds: readonly Noted[], value = 'value') =>
  `(SELECT ${value} FROM erasing WHERE attempt = {attempt:String} AND kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;

/** Made of the events of a profile, and made again of those that stay. */
const derived = ['device_states', 'profile_facts'];

/** Rows of the person. An event is theirs by whom it was filed under, or by whom it names. */
function whereOfPerson({ table, columns }: Table): string {
  const has = (column: string) => columns.includes(column);
  const isWorkspace = 'workspace_id = {workspaceId:String}';
  if (derived.includes(table)) {
    return `${isWorkspace} AND profile_hash IN ${noted(['profile', 'touched'], 'cityHash64(value)')}`;
  }
  const byId = ['profile_id', 'person_id'].filter(has);
  const byHash = byId.length > 0 ? [] : ['profile_hash', 'person_hash'].filter(has);
  const own = [
    ...byId.map((column) => `${column} IN ${noted(['profile'])}`),
    ...byHash.map((column) => `${column} IN ${noted(['profile'], 'cityHash64(value)')}`),
  ].join(' OR ');
  if (table !== 'events') {
    return `${isWorkspace}${has('seq') ? ` AND ${isBefore}` : ''} AND (${own})`;
  }
  return `${isWorkspace} AND ${isBefore} AND (${own}
      OR (user_id != '' AND user_id IN ${noted(['user'])})
      OR (user_id = '' AND anonymous_id IN ${noted(['anonymous'])}))
    AND NOT (user_id = '' AND anonymous_id IN ${noted(['other'])})`;
}

const isBefore = 'seq < {beforeSeq:UInt64}';
