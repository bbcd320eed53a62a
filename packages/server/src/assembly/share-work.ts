import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Elections, type SharedWork } from '../nodes/elections.ts';
import type { LeaseName } from '../nodes/ports.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import { createLeaseStore } from '../stores/postgres/lease-store.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Work that one node does for all: by election, or at once where there can be no other node. */
export function shareWork(
  work: ReadonlyMap<LeaseName, SharedWork>,
  { postgres, logger }: { readonly postgres: PostgresConnection; readonly logger: Logger },
): SharedWork {
  if (postgres.kind === 'embedded') {
    return {
      start() {
        for (const one of work.values()) {
          one.start();
        }
      },
      async stop() {
        await Promise.all([...work.values()].map((one) => one.stop()));
      },
    };
  }
  return new Elections({
    leases: createLeaseStore(postgres),
    // For an operator who looks into the table; a pid alone comes again, in other containers, too.
    holder: `${hostname()}/${process.pid}/${randomUUID()}`,
    work,
    elapsedMs: () => performance.now(),
    onFailed: (error) => logger.warn({ err: error }, 'nodes.lease.failed'),
  });
}
