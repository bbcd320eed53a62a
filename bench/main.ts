import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { benchEngine } from './engine.ts';
import { benchServer } from './server.ts';
import { benchSimulation } from './simulate.ts';

/** Prints every figure of one run, so that they belong together. */
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const print = (line: string) => process.stdout.write(`${line}\n`);

const engine = benchEngine();
print('Engine, one core, 100 segments and 50 campaigns published');
print(
  `  events/s                 ${number.format(engine.eventsPerSecond)} (slowest round ${number.format(engine.slowestRound)})`,
);
print(`  profile after a session  ${number.format(engine.profileBytes)} bytes`);

const simulation = await benchSimulation();
print("Simulation, a day of REES46's clickstream three times over, four campaigns and a draft");
if (typeof simulation === 'string') {
  print(`  not run: ${simulation}`);
} else {
  print(
    `  events/s a core          ${number.format(simulation.eventsPerSecondACore)} (slowest round ${number.format(simulation.slowestRound)})`,
  );
  print(
    `  with a figure of its own ${number.format(simulation.eventsPerSecondOwnFigure)} events/s a core`,
  );
  print(
    `  ${number.format(simulation.events)} events, sorted and run by all threads in ${number.format(simulation.wholeSeconds)} s`,
  );
}

const server = await benchServer(Number(process.env['BENCH_SECONDS'] ?? 10));
print('Server, embedded storage, one event a request, load generator on the same machine');
print(`  bare Fastify             ${number.format(server.bareRequestsPerSecond)} requests/s`);
print(
  `  rows as large, no Tenth  ${number.format(server.rowsRequestsPerSecond)} requests/s, ${number.format(server.rowsRequestsPerSecond / server.bareRequestsPerSecond)} of bare`,
);
print(`  Tenth, durable decide    ${number.format(server.tenthRequestsPerSecond)} requests/s`);
print(`  share of bare            ${number.format(server.share)}`);
const { p50Ms, p90Ms, p99Ms, maxMs } = server.atHalfLoad;
print(
  `  latency at half load     p50 ${p50Ms} ms, p90 ${p90Ms} ms, p99 ${p99Ms} ms, max ${maxMs} ms`,
);
print(
  `  memory                   started ${server.startedMemoryMb} MB, idle for a minute ${server.idleMemoryMb} MB, after load ${server.loadedMemoryMb} MB`,
);

print('Browser script, gzip -9');
const dir = new URL('../../packages/server/dist/browser/', import.meta.url);
for (const name of (await readdir(dir)).filter((file) => file.endsWith('.js')).sort()) {
  const bytes = gzipSync(await readFile(new URL(name, dir)), { level: 9 }).length;
  print(`  ${name.padEnd(24)} ${number.format(bytes)} bytes`);
}
