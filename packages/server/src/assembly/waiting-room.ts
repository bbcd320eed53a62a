import { createWaitingHttp } from '../http/waiting-http.ts';
import type { StoreAway } from '../stores/store-away.ts';
import type { ReadinessReport } from '../telemetry/readiness.ts';
import type { TenthOptions } from './tenth.ts';

/** What the port answers while a store is away that the start needs. */
export interface WaitingRoom {
  /** Why it is still waited; logged where it is another reason than before. */
  tell(away: StoreAway): void;
  /** Leaves the port. */
  close(): Promise<void>;
}

/** @throws {Error} The port is taken. */
export async function openWaitingRoom({
  config,
  logger,
}: Pick<TenthOptions, 'config' | 'logger'>): Promise<WaitingRoom> {
  let report: ReadinessReport = { status: 'not_ready', parts: [] };
  let lastReason = '';
  const app = await createWaitingHttp({
    readiness: { check: async () => report },
    publicUrl: config.publicUrl,
  });
  await app.listen({ port: config.port, host: config.host });
  return {
    tell({ store, message }) {
      report = {
        status: 'not_ready',
        parts: [{ part: store, state: 'failing', detail: message }],
      };
      if (message !== lastReason) {
        logger.warn({ part: store, reason: message }, 'process.start.waiting');
      }
      lastReason = message;
    },
    async close() {
      await app.close();
    },
  };
}
