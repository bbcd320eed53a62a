import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RejectFile } from './reject-file.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tenth-rejects-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const aLine = (line: number) => ({ line, field: '', reason: 'is not JSON', raw: 'x' });

test.each(['deleted', 'emptied'])('goes on in a file that was %s meanwhile', async (fate) => {
  const path = join(dir, 'rejects.jsonl');
  const first = await RejectFile.open(path, 0);
  await first.append([aLine(1), aLine(2)]);
  await first.close();
  await (fate === 'deleted' ? rm(path) : truncate(path, 0));

  const second = await RejectFile.open(path, first.bytes);
  await second.append([aLine(3)]);
  await second.close();

  const text = await readFile(path, 'utf8');
  expect(text).toBe(`${JSON.stringify(aLine(3))}\n`);
  expect(second.bytes).toBe(text.length);
});
