import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '@tenth/model/problem.ts';
import { expect, test } from 'vitest';
import { connectClickHouse } from './connect.ts';
import { startClickHouseFront } from './testing/start-clickhouse-front.ts';

test('callers are told that the log is away, and why it refused what is wrong with a question', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-away-'));
  const front = await startClickHouseFront(dataDir);
  const { client, close } = await connectClickHouse({ kind: 'served', url: front.url });
  const ask = (query: string) => client.query({ query, format: 'JSONEachRow' });
  await ask('SELECT 1');
  await expect(ask('SELECT nothing')).rejects.toMatchObject({ type: 'UNKNOWN_IDENTIFIER' });
  await expect(ask('SELECT nothing')).rejects.not.toBeInstanceOf(Problem);
  await expect(
    ask(
      'SELECT sum(sipHash64(number)) FROM numbers(100000000000) SETTINGS max_execution_time = 0.2',
    ),
  ).rejects.toMatchObject({ code: 'store-unavailable' });

  await front.stop('SIGKILL');
  await expect(ask('SELECT 1')).rejects.toMatchObject({
    code: 'store-unavailable',
    status: 503,
    cause: { code: 'ECONNREFUSED' },
  });
  await expect(client.command({ query: 'DROP TABLE t' })).rejects.toBeInstanceOf(Problem);
  await close();
  const away = connectClickHouse({ kind: 'served', url: front.url });
  await expect(away).rejects.toThrow(`ClickHouse at ${new URL(front.url).host} cannot be used`);
  await rm(dataDir, { recursive: true, force: true });
});
