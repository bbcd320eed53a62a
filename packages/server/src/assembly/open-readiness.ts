import { MINUTE_MS } from '@tenth/model/time.ts';
import type { OutboxLimit } from '../ship/outbox-limit.ts';
import type { Outbox } from '../ship/ports.ts';
import type { ClickHouseConnection } from '../stores/clickhouse/connect.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import { migrations } from '../stores/postgres/migrate.ts';
import { Readiness } from '../telemetry/readiness.ts';

export interface ReadinessParts {
  readonly postgres: PostgresConnection;
  readonly clickhouse: ClickHouseConnection;
  readonly outbox: Required<Pick<Outbox, 'backlog'>>;
  readonly outboxLimit: Pick<OutboxLimit, 'isFull'>;
  readonly now: () => number;
}

/** A batch a second is shipped; so far behind, somebody should look. */
const LATE_MS = 5 * MINUTE_MS;

/** What the process rests on. Without the event log it goes on: what is committed waits in the outbox. */
export function openReadiness({
  postgres,
  clickhouse,
  outbox,
  outboxLimit,
  now,
}: ReadinessParts): Readiness {
  return new Readiness(
    [
      {
        part: 'operational_store',
        otherwise: 'failing',
        unanswered: 'the operational store does not answer: look at DATABASE_URL or the disk',
        async check() {
          await postgres.read('select 1 as alive', []);
          return undefined;
        },
      },
      {
        part: 'schema',
        otherwise: 'degraded',
        unanswered: 'the schema of the operational store cannot be read',
        async check() {
          const known = migrations.map(({ version }) => version);
          const newer = await postgres.read<{ readonly version: number }>(
            'select version from schema_versions where version <> all($1::bigint[]) order by version',
            [known],
          );
          return newer.length === 0
            ? undefined
            : `the database has schema ${newer.at(-1)?.version}, this process knows up to ${known.at(-1)}: update it`;
        },
      },
      {
        part: 'event_log',
        otherwise: 'degraded',
        unanswered:
          'the event log does not answer: events are kept in the outbox, reports have to wait',
        async check() {
          const reply = await clickhouse.client.query({ query: 'SELECT 1', format: 'JSONEachRow' });
          await reply.json();
          return undefined;
        },
      },
      {
        part: 'outbox',
        otherwise: 'degraded',
        unanswered: 'the outbox cannot be read',
        async check() {
          const { rows, oldestAt } = await outbox.backlog();
          if (outboxLimit.isFull) {
            return `${rows} commits wait for the event log, as many as may: new events are refused until it is back`;
          }
          const lateMs = oldestAt === undefined ? 0 : now() - oldestAt;
          return lateMs > LATE_MS
            ? `${rows} commits wait for the event log, the oldest for ${Math.round(lateMs / MINUTE_MS)} minutes`
            : undefined;
        },
      },
    ],
    now,
  );
}
