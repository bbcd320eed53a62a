import { startTenth } from '@tenth/e2e/harness/tenth-process.ts';
import { generateLoad, type LoadFigures } from './load-generator.ts';
import { memoryMb } from './process-figures.ts';
import { requestMaker, sampleReplyBytes } from './shop-requests.ts';
import { startBare, startRows } from './yardsticks.ts';

const CONNECTIONS = 128;
/** V8 gives back what the start took once nothing has happened for most of a minute. */
const IDLE_MS = 60_000;

export interface ServerFigures {
  readonly bareRequestsPerSecond: number;
  readonly tenthRequestsPerSecond: number;
  readonly share: number;
  /** Of a server that commits rows as large and does nothing else; see `rows-server.ts`. */
  readonly rowsRequestsPerSecond: number;
  readonly atHalfLoad: LoadFigures;
  /** As soon as it is ready. */
  readonly startedMemoryMb: number;
  /** After a minute without a request. */
  readonly idleMemoryMb: number;
  readonly loadedMemoryMb: number;
}

export async function benchServer(seconds = 10): Promise<ServerFigures> {
  const tenth = await startTenth();
  try {
    const startedMemoryMb = await memoryMb(tenth.pid);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idleMemoryMb = await memoryMb(tenth.pid);
    const replyBytes = await sampleReplyBytes(tenth.origin);
    const bare = await startBare(replyBytes);
    const rows = await startRows(replyBytes);
    try {
      const requests = requestMaker();
      const shoot = (origin: string, length: number, rate?: number) =>
        generateLoad({
          port: Number(new URL(origin).port),
          connections: CONNECTIONS,
          seconds: length,
          requests,
          ...(rate === undefined ? {} : { rate }),
        });
      // All are warmed: code compiled, and each visitor known, as on a shop's ordinary day.
      await shoot(bare.origin, 3);
      await shoot(rows.origin, 8);
      await shoot(tenth.origin, 8);
      const bareRun = await shoot(bare.origin, seconds);
      const rowsRun = await shoot(rows.origin, seconds);
      const tenthRun = await shoot(tenth.origin, seconds);
      const tenthRate = tenthRun.requestsPerSecond;
      return {
        bareRequestsPerSecond: bareRun.requestsPerSecond,
        tenthRequestsPerSecond: tenthRate,
        share: tenthRate / bareRun.requestsPerSecond,
        rowsRequestsPerSecond: rowsRun.requestsPerSecond,
        atHalfLoad: await shoot(tenth.origin, seconds, tenthRate / 2),
        startedMemoryMb,
        idleMemoryMb,
        loadedMemoryMb: await memoryMb(tenth.pid),
      };
    } finally {
      bare.stop();
      rows.stop();
    }
  } finally {
    await tenth.stop();
  }
}
