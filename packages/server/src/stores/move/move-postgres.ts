import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../postgres/schema.ts';
import { type MoveProgress, requireEqual, type TableDigest } from './moved-table.ts';

type Db = Kysely<Database> | Transaction<Database>;

/** A few MB a statement, with profiles of several KB. */
const ROWS_A_STATEMENT = 500;

/** What a migration writes itself; the target has its own. */
const LEDGER = 'schema_versions';

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * Refuses a database that holds anything already.
 *
 * @throws {Error} Names the table.
 */
export async function requireEmptyPostgres(db: Kysely<Database>): Promise<void> {
  for (const { name } of await listTables(db)) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0) {
      throw new Error(
        `the target PostgreSQL holds rows in ${name}: move into an empty database, so that nothing is mixed`,
      );
    }
  }
}

/**
 * Copies every table of one database into another of the same schema, in one transaction there, and
 * compares what arrived.
 *
 * @param from Nobody may write to it meanwhile.
 * @throws {Error} A table did not arrive whole; then nothing is kept of any.
 */
export async function movePostgres(
  from: Kysely<Database>,
  to: Kysely<Database>,
  onProgress: (progress: MoveProgress) => void,
): Promise<number> {
  const tables = inOrderOfReferences(await listTables(from), await listReferences(from));
  return await from.transaction().execute((source) =>
    to.transaction().execute(async (target) => {
      for (const tx of [source, target]) {
        // Times are compared as text.
        await sql`set local timezone = 'UTC'`.execute(tx);
      }
      for (const table of tables) {
        await copyTable(table, source, target, onProgress);
      }
      return tables.length;
    }),
  );
}

async function copyTable(
  table: Table,
  source: Db,
  target: Db,
  onProgress: (progress: MoveProgress) => void,
): Promise<void> {
  const { name } = table;
  const before = await digest(source, table);
  // They guard against what no running server may do, such as a profile that begins with its tenth version.
  await sql`alter table ${sql.table(name)} disable trigger user`.execute(target);
  await sql`declare moved no scroll cursor for
    select row_to_json(t)::text as line from (select ${columnsOf(table)} from ${sql.table(name)}) t`.execute(
    source,
  );
  for (let moved = 0; ; ) {
    const { rows } = await sql<{
      readonly line: string;
    }>`fetch ${sql.lit(ROWS_A_STATEMENT)} from moved`.execute(source);
    if (rows.length === 0) {
      break;
    }
    // As JSON, since then the target reads each value by the type of its column.
    const lines = `[${rows.map(({ line }) => line).join(',')}]`;
    await sql`insert into ${sql.table(name)} (${columnsOf(table)}) overriding system value
      select ${columnsOf(table)} from json_populate_recordset(null::${sql.table(name)}, ${lines}::json)`.execute(
      target,
    );
    moved += rows.length;
    onProgress({ store: 'PostgreSQL', table: name, rows: moved, ofRows: before.rows });
  }
  await sql`close moved`.execute(source);
  await sql`alter table ${sql.table(name)} enable trigger user`.execute(target);
  await copySequences(table, source, target);
  requireEqual('PostgreSQL', name, { from: before, to: await digest(target, table) });
}

/** Numbers that were given and whose rows are gone must not be given again: batches are known by them. */
async function copySequences({ name }: Table, source: Db, target: Db): Promise<void> {
  const { rows } = await sql<{ readonly column: string; readonly sequence: string }>`
    select attname as column, pg_get_serial_sequence(${name}, attname) as sequence
    from pg_attribute where attrelid = ${name}::regclass and attidentity <> ''`.execute(source);
  for (const { column, sequence } of rows) {
    const place = await sql<{ readonly last: string; readonly is_called: boolean }>`
      select last_value::text as last, is_called from ${sql.raw(sequence)}`.execute(source);
    for (const { last, is_called } of place.rows) {
      await sql`select setval(pg_get_serial_sequence(${name}, ${column}), ${last}::bigint, ${is_called})`.execute(
        target,
      );
    }
  }
}

async function digest(db: Db, table: Table): Promise<TableDigest> {
  const { rows } = await sql<{ readonly rows: string; readonly checksum: string }>`
    select count(*)::text as rows,
      coalesce(sum(('x' || substr(md5(row_to_json(t)::text), 1, 13))::bit(52)::bigint), 0)::text as checksum
    from (select ${columnsOf(table)} from ${sql.table(table.name)}) t`.execute(db);
  return { rows: Number(rows[0]?.rows ?? 0), checksum: rows[0]?.checksum ?? '' };
}

/** With their columns by name: a table may have got them in another order on either side. */
async function listTables(db: Db): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    select c.relname::text as name, json_agg(a.attname order by a.attname) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> ${LEDGER}
    group by c.relname order by c.relname`.execute(db);
  return rows;
}

interface Reference {
  readonly table: string;
  readonly refers_to: string;
}

async function listReferences(db: Db): Promise<readonly Reference[]> {
  const { rows } = await sql<Reference>`
    select conrelid::regclass::text as table, confrelid::regclass::text as refers_to
    from pg_constraint where contype = 'f' and conrelid <> confrelid`.execute(db);
  return rows;
}

/** A table after those it refers to. */
function inOrderOfReferences(
  tables: readonly Table[],
  references: readonly Reference[],
): readonly Table[] {
  const ordered = new Set<Table>();
  const add = (table: Table) => {
    for (const { refers_to } of references.filter((one) => one.table === table.name)) {
      const first = tables.find(({ name }) => name === refers_to);
      if (first !== undefined && !ordered.has(first)) {
        add(first);
      }
    }
    ordered.add(table);
  };
  tables.forEach(add);
  return [...ordered];
}

function columnsOf({ columns }: Table) {
  return sql.join(columns.map((column) => sql.ref(column)));
}
