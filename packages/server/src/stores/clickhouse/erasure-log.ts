import type { ClickHouseClient } from '@clickhouse/client';
import type { ErasedTable } from '@tenth/model/erasure.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import type { ErasureLog, PersonTraces } from '../../privacy/ports.ts';
import { everyCopy } from './cluster-statements.ts';
import type { ClickHouseConnection } from './connect.ts';
import { fillProfileTablesSql } from './profile-tables.ts';
import { personLinkColumns } from './rows.ts';
import { settleMutations } from './settle-mutations.ts';
import { toTabLine } from './tab-line.ts';

/** An outbox row's events have its id in the upper bits of their place in the log; see `log-text.ts`. */
const PLACE_BITS = 20n;
/** Rows that another query writes while they are deleted, as a build of levels may, take another turn. */
const MOST_TURNS = 3;

const tableRow = z.object({ table: z.string().regex(/^\w+$/), columns: z.array(z.string()) });
type Table = z.infer<typeof tableRow>;
const countRow = z.object({ found: z.coerce.number() });
const foundRow = z.object({ table: z.string(), found: z.coerce.number() });
const attemptRow = z.object({ attempt: z.string() });
const valueRow = z.object({ value: z.string() });

type LogPlace = Pick<ClickHouseConnection, 'client' | 'cluster'>;

/**
 * Erases people from the event log: from every table that has a column by which a person's rows are known,
 * so that a table that comes later is not forgotten. Parts are rewritten, not masked.
 *
 * Traces are noted in `erasing` under the id of the erasure, which mutations ask while they run. They stay
 * there until every row is gone, whatever fails or is killed meanwhile: without them, a mutation that is
 * still running would leave rows, and a count would find none. All tries of an erasure, also those of two
 * nodes at once, note the same.
 */
export function createErasureLog({ client, cluster }: LogPlace): ErasureLog {
  async function forget(erasureId: string): Promise<void> {
    await client.command({
      query: 'ALTER TABLE erasing DROP PARTITION {erasureId:String}',
      query_params: { erasureId },
    });
  }

  return {
    async remove(workspaceId, { erasureId, traces, lastOutboxId }, isStopped) {
      const asked = { workspaceId, erasureId, beforeSeq: (lastOutboxId + 1n) << PLACE_BITS };
      await noteTraces(client, erasureId, traces);
      const tables = await findTables(client);
      const profileIds = [...traces.profileIds, ...(await noteTouched(client, asked))];
      const foundBefore = await readFound(client, erasureId);
      const erased: ErasedTable[] = [];
      for (const table of tables) {
        const one = await removeFrom(
          { client, cluster },
          { ...table, foundBefore: foundBefore.get(table.table) },
          asked,
          isStopped,
        );
        if (one === undefined) {
          return undefined;
        }
        erased.push(one);
      }
      await refill(client, workspaceId, profileIds);
      await forget(erasureId);
      return erased;
    },

    async listNoted() {
      const reply = await client.query({
        query: 'SELECT DISTINCT attempt FROM erasing',
        format: 'JSONEachRow',
      });
      return z
        .array(attemptRow)
        .parse(await reply.json())
        .map(({ attempt }) => attempt);
    },

    forget,

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

/** Nothing where a try before has noted them: tries may be many. */
async function noteTraces(
  client: ClickHouseClient,
  erasureId: string,
  traces: PersonTraces,
): Promise<void> {
  const lines = new Set(
    Object.entries({
      profile: traces.profileIds,
      user: traces.userIds,
      anonymous: traces.anonymousIds,
      other: traces.othersAnonymousIds,
    }).flatMap(([kind, values]) => values.map((value) => toTabLine([erasureId, kind, value]))),
  );
  const reply = await client.query({
    query: `SELECT toString(uniqExact(kind, value)) AS found FROM ${noted(['profile', 'user', 'anonymous', 'other'], 'kind, value')}`,
    query_params: { erasureId },
    format: 'JSONEachRow',
  });
  if (countRow.parse((await reply.json<unknown>())[0]).found < lines.size) {
    await client.command({
      query: `INSERT INTO erasing (attempt, kind, value) SETTINGS async_insert = 0 FORMAT TabSeparated\n${[...lines].join('\n')}`,
    });
  }
}

/**
 * Profiles under which events of the person were filed: their own, and those they were parted from. Those of
 * tries before stay, since the events that told of them may be gone.
 *
 * @returns All of them.
 */
async function noteTouched(
  client: ClickHouseClient,
  { workspaceId, erasureId, beforeSeq }: Asked,
): Promise<readonly string[]> {
  const query_params = { workspaceId, erasureId, beforeSeq: beforeSeq.toString() };
  await client.command({
    query: `INSERT INTO erasing (attempt, kind, value) SELECT DISTINCT {erasureId:String}, 'touched', profile_id
      FROM events WHERE ${whereOfPerson({ table: 'events', columns: ['profile_id'] })}
        AND profile_id NOT IN ${noted(['touched'])}`,
    query_params,
  });
  const reply = await client.query({
    query: `SELECT DISTINCT value FROM ${noted(['touched'])}`,
    query_params,
    format: 'JSONEachRow',
  });
  return z
    .array(valueRow)
    .parse(await reply.json())
    .map(({ value }) => value);
}

/**
 * Of whoever began anew, and of others who were touched, what follows from the events that stay. By their
 * ids: another node that has just done the same has dropped what was noted.
 */
async function refill(
  client: ClickHouseClient,
  workspaceId: WorkspaceId,
  profileIds: readonly string[],
): Promise<void> {
  const where = 'workspace_id = {workspaceId:String} AND profile_id IN {profileIds:Array(String)}';
  for (const query of profileIds.length === 0 ? [] : fillProfileTablesSql(where)) {
    await client.command({ query, query_params: { workspaceId, profileIds } });
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
  readonly erasureId: string;
  /** Rows of the log from there on are of whoever began anew. */
  readonly beforeSeq: bigint;
}

/** Rows that the first try found in each table: the certificate says what all tries have removed. */
async function readFound(
  client: ClickHouseClient,
  erasureId: string,
): Promise<ReadonlyMap<string, number>> {
  const reply = await client.query({
    query: `SELECT substringIndex(value, ' ', 1) AS table, toString(max(toUInt64(substringIndex(value, ' ', -1)))) AS found
      FROM ${noted(['found'])} GROUP BY table`,
    query_params: { erasureId },
    format: 'JSONEachRow',
  });
  const rows = z.array(foundRow).parse(await reply.json());
  return new Map(rows.map(({ table, found }) => [table, found]));
}

async function noteFound(
  client: ClickHouseClient,
  erasureId: string,
  { table, found }: z.infer<typeof foundRow>,
): Promise<void> {
  await client.command({
    query: `INSERT INTO erasing (attempt, kind, value) SETTINGS async_insert = 0 FORMAT TabSeparated\n${toTabLine([erasureId, 'found', `${table} ${found}`])}`,
  });
}

/**
 * @returns Undefined where it was stopped.
 * @throws {Error} Some rows stay.
 */
async function removeFrom(
  { client, cluster }: LogPlace,
  { table, columns, foundBefore }: Table & { readonly foundBefore: number | undefined },
  { workspaceId, erasureId, beforeSeq }: Asked,
  isStopped: () => boolean,
): Promise<ErasedTable | undefined> {
  const where = whereOfPerson({ table, columns });
  const query_params = { workspaceId, erasureId, beforeSeq: beforeSeq.toString() };
  const count = async (source: string): Promise<number> => {
    const reply = await client.query({
      query: `SELECT toString(count()) AS found FROM ${source} WHERE ${where}`,
      query_params,
      format: 'JSONEachRow',
    });
    return countRow.parse((await reply.json<unknown>())[0]).found;
  };
  // The text of a mutation has the id from the question to `erasing`.
  const own = { table, naming: `'${erasureId}'` };
  let removed = foundBefore ?? 0;
  for (let turn = 0; ; turn += 1) {
    // Of a try before, too: its process may be gone.
    if ((await settleMutations({ client, cluster }, own, isStopped)) === 'stopped') {
      return undefined;
    }
    // A replica that has not heard of the mutation yet has them still.
    const left = await count(everyCopy(table, cluster));
    if (left === 0) {
      return { store: 'event_log', table, removed, left };
    }
    if (turn === MOST_TURNS) {
      throw new Error(`${left} rows of an erased person stay in ${table}`);
    }
    const found = cluster === undefined ? left : await count(table);
    // What a try before has found and not removed is counted already.
    if (turn > 0 || foundBefore === undefined) {
      removed += found;
    }
    if (turn === 0 && foundBefore === undefined) {
      await noteFound(client, erasureId, { table, found });
    }
    await client.command({
      // By its name in the statement: on a cluster, that tells where the rows are stored.
      query: `ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS mutations_sync = 0, allow_nondeterministic_mutations = 1`,
      query_params,
    });
  }
}

type Noted = 'profile' | 'user' | 'anonymous' | 'other' | 'touched' | 'found';

const noted = (kinds: readonly Noted[], value = 'value') =>
  `(SELECT ${value} FROM erasing WHERE attempt = {erasureId:String} AND kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;

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
