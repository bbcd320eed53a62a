import { anEvent, T0 } from '@tenth/engine/testing/builders.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import { createCommitStore } from '../../stores/postgres/commit-store.ts';
import { openEmbedded } from '../../stores/postgres/embedded-connection.ts';
import { migrate } from '../../stores/postgres/migrate.ts';
import { aServer, WORKSPACE } from './two-servers.ts';

/*
 * A process to be killed at any moment: `node killed-server.mjs DATA_DIR WORKER_URL PREFIX`. Stores
 * events without end and writes each one's message id to standard output once it is acknowledged.
 */
const [dataDir = '', workerUrl = '', prefix = ''] = process.argv.slice(2);
const connection = await openEmbedded({ dataDir, workerUrl: new URL(workerUrl) });
await migrate(connection.db, T0);
const { pipeline } = aServer(createCommitStore(connection));

async function send(loop: number): Promise<void> {
  for (let index = 0; ; index += 1) {
    const messageId = `${prefix}-${loop}-${index}` as MessageId;
    const event = anEvent({ messageId, anonymousId: `visitor-${loop % 10}` });
    await pipeline.process(WORKSPACE, [event], true, T0);
    process.stdout.write(`${messageId}\n`);
  }
}
await Promise.all(Array.from({ length: 40 }, (_, loop) => send(loop)));
