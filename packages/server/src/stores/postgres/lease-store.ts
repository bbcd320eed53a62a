import type { LeaseName, Leases } from '../../nodes/ports.ts';
import type { PostgresConnection } from './connection.ts';

/** Leases as rows that expire by the database's clock; a connection pooler does not get in the way. */
export function createLeaseStore(connection: PostgresConnection): Leases {
  return {
    async take(names, holder, heldMs) {
      // In order, so that two nodes cannot wait for each other in a circle.
      const outcome = await connection.runScript([
        {
          sql: `insert into leases (name, holder, held_until)
            select name, $2, clock_timestamp() + $3::bigint * interval '1 millisecond'
            from unnest($1::text[]) as wanted (name) order by name
            on conflict (name) do update
              set holder = excluded.holder, held_until = excluded.held_until
              where leases.holder = excluded.holder or leases.held_until < clock_timestamp()
            returning name`,
          values: [names, holder, heldMs],
        },
      ]);
      const taken = outcome.kind === 'done' ? outcome.rows.map(({ name }) => name) : [];
      return new Set(names.filter((name): name is LeaseName => taken.includes(name)));
    },

    async release(holder) {
      await connection.runScript([
        { sql: 'delete from leases where holder = $1', values: [holder] },
      ]);
    },
  };
}
