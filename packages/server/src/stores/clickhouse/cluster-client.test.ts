import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { connectClickHouse } from './connect.ts';
import { type FrontRequest, readFrontRequest } from './testing/front-request.ts';

/** A server that does nothing and keeps what it was asked: here no cluster can be had. */
async function startRecorder() {
  const asked: FrontRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const headers = { 'content-encoding': request.headers['content-encoding'] };
      const address = new URL(request.url ?? '/', 'http://front');
      asked.push(await readFrontRequest(address, headers, Buffer.concat(chunks)));
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { asked, server, url: `http://127.0.0.1:${port}/shop` };
}

test('on a cluster, statements reach the tables behind the names, with what queries need there', async () => {
  const { asked, server, url } = await startRecorder();
  const { client, close } = await connectClickHouse({ kind: 'served', url, cluster: 'main' });
  try {
    await client.command({ query: 'ALTER TABLE erasing DROP PARTITION {attempt:String}' });
    await client.command({
      query: 'CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a',
    });
    await client.query({ query: 'SELECT 1' });
    const [found, created, , dropped, local, over, question] = asked;
    expect(found?.statement).toContain('FROM system.databases');
    expect(created?.statement).toBe(
      'CREATE DATABASE IF NOT EXISTS {database:Identifier} ON CLUSTER `main`',
    );
    expect(created?.params.get('database')).toBe('shop');
    expect(dropped?.statement).toBe(
      'ALTER TABLE erasing_local ON CLUSTER `main` DROP PARTITION {attempt:String}',
    );
    expect(local?.statement).toContain('CREATE TABLE t_local ON CLUSTER `main` (a UInt8)');
    expect(over?.statement).toContain("ENGINE = Distributed('main', 'shop', 't_local'");
    expect(question?.statement).toContain('SELECT 1');
    for (const { settings, database } of [dropped, local, over, question].filter(
      (one) => one !== undefined,
    )) {
      expect(database).toBe('shop');
      expect(settings.get('insert_quorum')).toBe('auto');
      expect(settings.get('distributed_foreground_insert')).toBe('1');
      expect(settings.get('distributed_product_mode')).toBe('global');
    }
  } finally {
    await close();
    server.close();
  }
});

test('without a cluster statements go as they are', async () => {
  const { asked, server, url } = await startRecorder();
  const { client, close } = await connectClickHouse({ kind: 'served', url });
  try {
    await client.command({ query: 'ALTER TABLE erasing DROP PARTITION 1' });
    expect(asked.at(-1)?.statement).toBe('ALTER TABLE erasing DROP PARTITION 1');
    expect(asked.at(-1)?.settings.get('insert_quorum')).toBeUndefined();
  } finally {
    await close();
    server.close();
  }
});
