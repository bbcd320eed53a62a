import { parseArgs } from 'node:util';
import { startTenth } from '@tenth/e2e/harness/tenth-process.ts';
import { generateLoad } from './load-generator.ts';
import { threadSeconds } from './process-figures.ts';
import { requestMaker } from './shop-requests.ts';

/**
 * What a durable decision costs each thread of the server, in microseconds of CPU, on embedded storage:
 * `npm run bench -- threads [--seconds 10] [--rate 2000]`. First as fast as it goes, then at the rate. CPU
 * depends less on what else the machine does than requests a second do.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string' }, rate: { type: 'string' } },
});
const seconds = Number(values.seconds ?? 10);
const rate = Number(values.rate ?? 2_000);

const tenth = await startTenth();
try {
  const requests = requestMaker();
  const port = Number(new URL(tenth.origin).port);
  const shoot = (length: number, perSecond?: number) =>
    generateLoad({
      port,
      connections: 128,
      seconds: length,
      requests,
      ...(perSecond === undefined ? {} : { rate: perSecond }),
    });
  await shoot(8);
  for (const perSecond of [undefined, rate]) {
    const before = await threadSeconds(tenth.pid);
    const { requestsPerSecond, p50Ms, p90Ms, p99Ms } = await shoot(seconds, perSecond);
    const after = await threadSeconds(tenth.pid);
    const requested = requestsPerSecond * seconds;
    const costs = [...after].map(([name, spent]) => ({
      name,
      micros: ((spent - (before.get(name) ?? 0)) * 1_000_000) / requested,
    }));
    const all = costs.reduce((sum, { micros }) => sum + micros, 0);
    process.stdout.write(
      `${requestsPerSecond} requests/s, p50 ${p50Ms} ms, p90 ${p90Ms} ms, p99 ${p99Ms} ms, ${all.toFixed(0)} µs a request\n`,
    );
    for (const { name, micros } of costs.sort((a, b) => b.micros - a.micros)) {
      if (micros >= 1) {
        process.stdout.write(`  ${name.padEnd(16)} ${micros.toFixed(0)}\n`);
      }
    }
  }
} finally {
  await tenth.stop();
}
