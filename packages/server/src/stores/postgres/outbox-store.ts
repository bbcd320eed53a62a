import type { Backlog, Outbox, OutboxBatch } from '../../ship/ports.ts';
import type { PostgresConnection } from './connection.ts';
import { RecentBodies } from './recent-bodies.ts';

/** @param recent What the commit store of this process has written. */
export function createOutboxStore(
  connection: PostgresConnection,
  recent = new RecentBodies(),
): Outbox & {
  backlog(): Promise<Backlog>;
} {
  /** What was given out last, to forget its bodies when it is released. */
  let given: OutboxBatch | undefined;

  async function unfinished(): Promise<OutboxBatch | undefined> {
    const claimed = await connection.read<{ readonly batch: number; readonly id: number }>(
      `select batch, id from outbox
      where batch = (select min(batch) from outbox where batch is not null)
      order by id`,
      [],
    );
    const [first] = claimed;
    if (first === undefined) {
      return undefined;
    }
    const ids = claimed.map(({ id }) => BigInt(id));
    const bodies = await readBodies(ids.filter((id) => recent.get(id) === undefined));
    const rows = ids.flatMap((id) => {
      const body = recent.get(id) ?? bodies.get(id);
      return body === undefined ? [] : [{ id, body }];
    });
    // Another process has released the batch in between.
    return rows.length < ids.length ? unfinished() : { batch: BigInt(first.batch), rows };
  }

  async function readBodies(ids: readonly bigint[]): Promise<ReadonlyMap<bigint, Uint8Array>> {
    const rows =
      ids.length === 0
        ? []
        : await connection.read<{ readonly id: number; readonly body: Uint8Array }>(
            'select id, body from outbox where id = any($1::bigint[])',
            [ids.map(Number)],
          );
    return new Map(rows.map(({ id, body }) => [BigInt(id), body]));
  }

  return {
    async claim(maxRows) {
      given = await unfinished();
      if (given === undefined) {
        // The id of its first row names the batch: no row is ever first in two batches. Rows that another
        // node is claiming are waited for: passed over, they would look shipped to whoever flushes.
        await connection.runScript([
          {
            sql: `with next as (
                select id from outbox where batch is null order by id limit $1::bigint
                for update
              )
              update outbox set batch = (select min(id) from next)
              where id in (select id from next)`,
            values: [maxRows],
          },
        ]);
        given = await unfinished();
      }
      return given;
    },

    async release(batch) {
      await connection.runScript([
        { sql: 'delete from outbox where batch = $1::bigint', values: [batch] },
      ]);
      if (given?.batch === batch) {
        for (const { id } of given.rows) {
          recent.forget(id);
        }
        given = undefined;
      }
    },

    async waiting() {
      const [row] = await connection.read<{
        readonly oldest: number | null;
        readonly newest: number | null;
      }>('select min(id) as oldest, max(id) as newest from outbox', []);
      return row === undefined || row.oldest === null || row.newest === null
        ? undefined
        : { oldest: BigInt(row.oldest), newest: BigInt(row.newest) };
    },

    async backlog() {
      const [row] = await connection.read<{
        readonly rows: number;
        readonly bytes: number;
        readonly oldest_at: number | null;
      }>(
        // The length of a body stands beside it: the bodies themselves are not read.
        `select count(*) as rows, coalesce(sum(octet_length(body)), 0)::bigint as bytes,
          min(created_at) as oldest_at from outbox`,
        [],
      );
      return {
        rows: row?.rows ?? 0,
        bytes: row?.bytes ?? 0,
        oldestAt: row?.oldest_at ?? undefined,
      };
    },
  };
}
