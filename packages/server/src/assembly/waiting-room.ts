import { createWaitingHttp } from '../http/waiting-http.ts';
import type { PartName, ReadinessReport } from '../telemetry/readiness.ts';
import type { TenthOptions } from './tenth.ts';

/** Why a start waits, in words for everybody. */
export interface Waiting {
  readonly part: PartName;
  readonly reason: string;
}

/** What the port answers while the start waits for what it needs. */
export interface WaitingRoom {
  /** Why it is still waited; logged where it is another reason than before. */
  tell(waiting: Waiting): void;
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
    tell({ part, reason }) {
      report = { status: 'not_ready', parts: [{ part, state: 'failing', detail: reason }] };
      if (reason !== lastReason) {
        logger.warn({ part, reason }, 'process.start.waiting');
      }
      lastReason = reason;
    },
    async close() {
      await app.close();
    },
  };
}
