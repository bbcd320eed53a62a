import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startClickHouseFront } from './start-clickhouse-front.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly clickhouseUrl: string;
  }
}

/** Vitest runs this once before the tests that want a ClickHouse server, unless one is named. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env['TEST_CLICKHOUSE_URL'];
  if (named !== undefined && named !== '') {
    project.provide('clickhouseUrl', named);
    return async () => {};
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-front-'));
  const front = await startClickHouseFront(dataDir);
  project.provide('clickhouseUrl', front.url);
  return async () => {
    await front.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
