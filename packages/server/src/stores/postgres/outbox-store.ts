import type { Backlog, Outbox, OutboxBatch } from '../../ship/ports.ts';
import type { PostgresConnection } from './connection.ts';

export function createOutboxStore(connection: PostgresConnection): Outbox & {
  backlog(): Promise<Backlog>;
} {
  async function unfinished(): Promise<OutboxBatch | undefined> {
    const rows = await connection.read<OutboxRowRead>(
      `select batch, id, body from outbox
      where batch = (select min(batch) from outbox where batch is not null)
      order by id`,
      [],
    );
    const [first] = rows;
    return first === undefined
      ? undefined
      : {
          batch: BigInt(first.batch),
          rows: rows.map(({ id, body }) => ({ id: BigInt(id), body })),
        };
  }

  return {
    async claim(maxRows) {
      const again = await unfinished();
      if (again !== undefined) {
        return again;
      }
      // The id of its first row names the batch: no row is ever first in two batches.
      await connection.runScript([
        {
          sql: `with next as (
              select id from outbox where batch is null order by id limit $1::bigint
              for update skip locked
            )
            update outbox set batch = (select min(id) from next)
            where id in (select id from next)`,
          values: [maxRows],
        },
      ]);
      return await unfinished();
    },

    async release(batch) {
      await connection.runScript([
        { sql: 'delete from outbox where batch = $1::bigint', values: [batch] },
      ]);
    },

    async backlog() {
      const [row] = await connection.read<{
        readonly rows: number;
        readonly oldest_at: number | null;
      }>('select count(*) as rows, min(created_at) as oldest_at from outbox', []);
      return { rows: row?.rows ?? 0, oldestAt: row?.oldest_at ?? undefined };
    },
  };
}

interface OutboxRowRead {
  readonly batch: number;
  readonly id: number;
  readonly body: Uint8Array;
}
