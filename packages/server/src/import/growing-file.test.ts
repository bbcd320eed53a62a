import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importFile } from './import-file.ts';
import { mappingFromFlags } from './mapping/mapping-from-flags.ts';
import type { SourceFormat } from './open-source.ts';
import { aCollection } from './testing/a-collection.ts';
import { readRejects } from './testing/read-rejects.ts';

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tenth-growing-'));
  path = join(dir, 'file');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const csv: SourceFormat = {
  kind: 'csv',
  mapping: mappingFromFlags({
    time: 'when:utc',
    map: ['who=anonymousId', 'price=properties.price:number'],
    constant: ['event=Seen'],
  }),
};
const jsonl: SourceFormat = { kind: 'segment-jsonl' };

/** Imports into one collection, which says what each run has brought. */
function anImport(format: SourceFormat, quietMs = 0) {
  const { messages, sendBatch } = aCollection();
  let calls = 0;
  const run = async () => {
    calls = 0;
    const result = await importFile({
      path,
      format,
      quietMs,
      retryDelaysMs: [],
      sendBatch: (batch) => {
        calls += 1;
        return sendBatch(batch);
      },
    });
    return { ...result, calls, rejects: await readRejects(result.rejectsPath) };
  };
  return { run, messages: () => [...messages.values()] };
}

const aRow = (price: string) => `2019-10-01 00:00:00,p,${price}`;
const anEvent = (event: string) =>
  JSON.stringify({ type: 'track', userId: 'u', event, timestamp: '2020-01-01T00:00:00Z' });

describe('a row that the file cuts off', () => {
  test('is refused where it does not fit, and read whole once the file has grown', async () => {
    await writeFile(path, `when,who,price\n${aRow('1')}\n2019-10-01 00:0`);
    const { run, messages } = anImport(csv);
    const refused = { line: 3, reason: 'has 1 columns instead of 3', raw: '2019-10-01 00:0' };
    for (let times = 0; times < 2; times += 1) {
      const result = await run();
      expect(result).toMatchObject({ accepted: 1, rejected: 1, isComplete: true });
      expect(result.rejects).toMatchObject([refused]);
    }
    await appendFile(path, `0:00,p,2\n${aRow('3')}\n`);
    expect(await run()).toMatchObject({ accepted: 3, rejected: 0, rejects: [], line: 4 });
    expect(messages().map(({ properties }) => properties)).toEqual([
      { price: 1 },
      { price: 2 },
      { price: 3 },
    ]);
  });

  test('within a quoted cell is read whole later, too', async () => {
    await writeFile(path, `when,who,price\n${aRow('1')}\n2019-10-01 00:00:00,"Kim\nMin`);
    const { run, messages } = anImport(csv);
    expect(await run()).toMatchObject({ accepted: 1, rejected: 2 });
    await appendFile(path, 'ji",2\n');
    expect(await run()).toMatchObject({ accepted: 2, rejected: 0, rejects: [] });
    expect(messages()[1]).toMatchObject({ anonymousId: 'Kim\nMinji', properties: { price: 2 } });
  });

  test('is left while the file is being written, and taken with its whole value later', async () => {
    await writeFile(path, `when,who,price\n${aRow('1')}\n${aRow('52.1')}`);
    const { run, messages } = anImport(csv, 400);
    const running = run();
    setTimeout(() => appendFile(path, '2\n'), 50);
    expect(await running).toMatchObject({ accepted: 1, unended: { line: 3, fate: 'left' } });
    expect(await run()).toMatchObject({ accepted: 2, rejected: 0, unended: undefined });
    expect(messages()[1]).toMatchObject({ properties: { price: 52.12 } });
  });

  test('and is taken for whole is told of, and refused when it turns out longer', async () => {
    await writeFile(path, `when,who,price\n${aRow('1')}\n${aRow('52.1')}`);
    const { run, messages } = anImport(csv);
    expect(await run()).toMatchObject({ accepted: 2, unended: { line: 3, fate: 'taken' } });
    await appendFile(path, `2\n${aRow('3')}\n`);
    const result = await run();
    expect(result).toMatchObject({ accepted: 3, rejected: 1, line: 4, unended: undefined });
    expect(result.rejects).toMatchObject([
      { line: 3, reason: expect.stringContaining('has grown'), raw: aRow('52.12') },
    ]);
    expect(messages()).toHaveLength(3);
    expect(await run()).toMatchObject({ accepted: 3, rejected: 1, calls: 0 });
  });
});

describe('a whole file without a line end at its end', () => {
  test.each([
    {
      name: 'CSV',
      format: csv,
      text: `when,who,price\n${aRow('1')}\n${aRow('2')}`,
      more: aRow('3'),
    },
    {
      name: 'CSV with one row',
      format: csv,
      text: `when,who,price\n${aRow('2')}`,
      more: aRow('3'),
    },
    { name: 'JSON', format: jsonl, text: `${anEvent('A')}\n${anEvent('B')}`, more: anEvent('C') },
  ])('$name is taken once, and goes on growing', async ({ format, text, more }) => {
    await writeFile(path, text);
    const { run, messages } = anImport(format);
    const rows = text.split('\n').length - (format === csv ? 1 : 0);
    expect(await run()).toMatchObject({ accepted: rows, rejected: 0, calls: 1 });
    expect(await run()).toMatchObject({ accepted: rows, rejected: 0, calls: 0 });
    // Again without a line end: the place in the file must not stay behind.
    for (const count of [1, 2]) {
      await appendFile(path, `\r\n${more}`);
      expect(await run()).toMatchObject({ accepted: rows + count, rejected: 0, calls: 1 });
    }
    await appendFile(path, '\n');
    expect(await run()).toMatchObject({ accepted: rows + 2, rejected: 0, rejects: [], calls: 0 });
    expect(messages()).toHaveLength(rows + 2);
  });

  test('is not waited for where nothing was written lately', async () => {
    await writeFile(path, `when,who,price\n${aRow('1')}`);
    await utimes(path, 1_000, 1_000);
    const { run } = anImport(csv, 3_600_000);
    expect(await run()).toMatchObject({ accepted: 1, unended: { fate: 'taken' } });
  });

  test('takes what follows a quote that was never closed no more than once', async () => {
    await writeFile(
      path,
      `when,who,price\n2019-10-01 00:00:00,"p,1\n${aRow('2')}\nx\n${aRow('3')}`,
    );
    const { run } = anImport(csv);
    expect(await run()).toMatchObject({ accepted: 2, rejected: 2, calls: 1 });
    const again = await run();
    expect(again).toMatchObject({ accepted: 2, rejected: 2, calls: 0 });
    expect(again.rejects.map(({ line }) => line)).toEqual([2, 4]);
  });
});

test('half a JSON object is refused, and read whole once the file has grown', async () => {
  const event = anEvent('B');
  await writeFile(path, `${anEvent('A')}\n${event.slice(0, 20)}`);
  const { run, messages } = anImport(jsonl);
  const result = await run();
  expect(result).toMatchObject({ accepted: 1, rejected: 1 });
  expect(result.rejects).toMatchObject([{ line: 2, reason: 'is not JSON' }]);
  await appendFile(path, event.slice(20));
  expect(await run()).toMatchObject({ accepted: 2, rejected: 0, rejects: [] });
  expect(messages()[1]).toMatchObject({ event: 'B' });
});

test('a line of more than 1 MB costs itself', async () => {
  await writeFile(path, `${anEvent('A')}\n${'x'.repeat(1_200_000)}\n${anEvent('B')}\n`);
  const result = await anImport(jsonl).run();
  expect(result).toMatchObject({ accepted: 2, rejected: 1, line: 3 });
  expect(result.rejects).toEqual([
    { line: 2, field: '', reason: 'has more than 1 MB', raw: 'x'.repeat(1_000) },
  ]);
});
