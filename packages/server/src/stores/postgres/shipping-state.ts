import type { ShippingState } from '../../privacy/ports.ts';
import type { PostgresConnection } from './connection.ts';

export function createShippingState(connection: PostgresConnection): ShippingState {
  return {
    async lastOutboxId() {
      const [row] = await connection.read<{ readonly last: number }>(
        `select coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')::regclass), 0) as last`,
        [],
      );
      return BigInt(row?.last ?? 0);
    },

    async countWaiting(lastOutboxId) {
      const [row] = await connection.read<{ readonly waiting: number }>(
        'select count(*) as waiting from outbox where id <= $1::bigint',
        [lastOutboxId],
      );
      return row?.waiting ?? 0;
    },
  };
}
