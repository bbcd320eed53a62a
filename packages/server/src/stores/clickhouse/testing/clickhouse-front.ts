// A ClickHouse server for tests: the real engine, in process here, behind its HTTP interface on
// 127.0.0.1. Arguments: the data directory, and the port (any free one where 0). Prints its address.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { FrontEngine } from './front-engine.ts';
import { createFrontServer } from './front-server.ts';

const [dataDir, port] = process.argv.slice(2);
if (dataDir === undefined) {
  throw new Error('which data directory? clickhouse-front DIRECTORY [PORT]');
}
mkdirSync(dataDir, { recursive: true });
const engine = new FrontEngine(dataDir);
const server = createFrontServer(engine);
server.listen(Number(port ?? 0), '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') {
  throw new Error('the front listens on no port');
}
process.stdout.write(`http://127.0.0.1:${address.port}\n`);

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) {
    return;
  }
  isStopping = true;
  server.close();
  server.closeAllConnections();
  await engine.close();
  process.exit();
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
// Whoever started it as a child is gone.
process.on('disconnect', () => void stop());
