import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ImportOptions, importFile } from './import-file.ts';
import { mappingFromFlags } from './mapping/mapping-from-flags.ts';
import type { SendBatch } from './ports.ts';
import { rees46 } from './presets/rees46.ts';
import { aCollection } from './testing/a-collection.ts';
import { readRejects } from './testing/read-rejects.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tenth-import-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function aFile(name: string, text: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, text);
  return path;
}

const flags = mappingFromFlags({
  time: 'when:utc',
  map: ['who=anonymousId', 'what=event', 'price=properties.price:number'],
  constant: ['properties.currency=EUR'],
  value: ['what.view=Product Viewed', 'what.no=Refused'],
});

function csv(path: string, sendBatch: SendBatch, more: Partial<ImportOptions> = {}): ImportOptions {
  return { path, format: { kind: 'csv', mapping: flags }, sendBatch, retryDelaysMs: [], ...more };
}

describe('a CSV file', () => {
  test('becomes messages with their own times, quotes, line ends and all', async () => {
    const path = await aFile(
      'a.csv',
      '\ufeffwhen,who,what,price\r\n2019-10-01 00:00:00 UTC,"a ""b""\nc",view,1.50\r\n\r\n2019-10-01 00:00:01,한글,view,\r\n',
    );
    const { messages, sendBatch } = aCollection();
    const result = await importFile(csv(path, sendBatch));
    expect(result).toMatchObject({ accepted: 2, rejected: 0, isComplete: true });
    expect([...messages.values()]).toEqual([
      {
        type: 'track',
        timestamp: '2019-10-01T00:00:00.000Z',
        messageId: expect.stringMatching(/^import-[\w-]{22}$/),
        event: 'Product Viewed',
        anonymousId: 'a "b"\nc',
        properties: { price: 1.5, currency: 'EUR' },
      },
      expect.objectContaining({ anonymousId: '한글', properties: { currency: 'EUR' } }),
    ]);
  });

  test('has each record that cannot be taken in the rejects, with line and reason', async () => {
    const path = await aFile(
      'b.csv',
      'when,who,what,price\n2019-10-01 00:00:00,a,view,x\nyesterday,a,view,1\n2019-10-01 00:00:00,a,buy,1\n2019-10-01 00:00:00,,view,1\n2019-10-01 00:00:00,a,no,1\n2019-10-01 00:00:00,a,view\n2019-10-01 00:00:00,"a,view,1\n',
    );
    const { sendBatch } = aCollection();
    const result = await importFile(csv(path, sendBatch));
    const rejects = await readRejects(result.rejectsPath);
    expect(result).toMatchObject({ accepted: 0, rejected: 7 });
    expect(rejects.slice(0, 6).map(({ line, field }) => [line, field])).toEqual([
      [2, 'price'],
      [3, 'when'],
      [4, 'what'],
      [5, 'anonymousId'],
      [6, 'event'],
      [7, ''],
    ]);
    expect(rejects[4]).toEqual({
      line: 6,
      field: 'event',
      reason: 'not wanted',
      raw: '2019-10-01 00:00:00,a,no,1',
    });
    expect(rejects[6]).toMatchObject({ reason: expect.stringContaining('quote'), field: '' });
    // Nothing is left to read, so a second run neither sends nor rejects anything again.
    const again = await importFile(csv(path, aCollection({ failAt: 1 }).sendBatch));
    expect(again).toMatchObject({ accepted: 0, rejected: 7, isComplete: true });
  });

  test('without a column that the mapping names is refused before anything is sent', async () => {
    const path = await aFile('c.csv', 'when,who,price\n');
    await expect(importFile(csv(path, aCollection().sendBatch))).rejects.toThrow('no column what');
  });
});

describe('an import that was cut off', () => {
  const rows = Array.from({ length: 2_300 }, (_, index) =>
    index % 100 === 7 ? `broken ${index}` : `2019-10-01 00:00:00,p${index},view,${index}`,
  );
  const text = `when,who,what,price\n${rows.join('\n')}\n`;
  const good = rows.filter((row) => !row.startsWith('broken')).length;

  test.each([{ failAt: 1 }, { failAt: 3 }, { loseReplyAt: 2 }])(
    'goes on where it stopped and doubles nothing: %j',
    async (failure) => {
      const path = await aFile('d.csv', text);
      const { messages, sendBatch } = aCollection(failure);
      await expect(importFile(csv(path, sendBatch))).rejects.toThrow('import stopped before line');
      const result = await importFile(csv(path, sendBatch));
      expect(result).toMatchObject({ accepted: good, rejected: 23, isComplete: true });
      expect(result.resumedAfterLine > 1).toBe(failure.failAt !== 1);
      expect(new Set([...messages.values()].map(({ anonymousId }) => anonymousId)).size).toBe(good);
      expect(messages.size).toBe(good);
      const rejects = await readRejects(result.rejectsPath);
      expect(rejects.map(({ line }) => line)).toEqual(
        rows.flatMap((row, index) => (row.startsWith('broken') ? [index + 2] : [])),
      );
    },
  );

  test('loses nothing to a quote that is never closed', async () => {
    const many = rows.map((row) => row.replace(',p', `,${'p'.repeat(600)}`));
    const path = await aFile('j.csv', `${text.replace('p0,', '"p0,')}${many.join('\n')}\n`);
    const { messages, sendBatch } = aCollection({ failAt: 3 });
    await expect(importFile(csv(path, sendBatch))).rejects.toThrow();
    const result = await importFile(csv(path, sendBatch));
    expect(result).toMatchObject({ accepted: 2 * good - 1, rejected: 2 * 23 + 1 });
    expect(messages.size).toBe(2 * good - 1);
    const [first] = await readRejects(result.rejectsPath);
    expect(first).toMatchObject({ line: 2, reason: expect.stringContaining('more than 1 MB') });
  });

  test('cuts off rejects that no checkpoint stands by', async () => {
    const path = await aFile('e.csv', text);
    const { sendBatch } = aCollection({ failAt: 2 });
    await expect(importFile(csv(path, sendBatch))).rejects.toThrow();
    await appendFile(`${path}.rejects.jsonl`, '{"line":9999}\n{"li');
    const result = await importFile(csv(path, sendBatch));
    expect(await readRejects(result.rejectsPath)).toHaveLength(23);
  });

  test('stops on request after the batch in hand', async () => {
    const path = await aFile('f.csv', text);
    const { messages, sendBatch } = aCollection();
    const stopped = await importFile(csv(path, sendBatch, { signal: AbortSignal.abort() }));
    expect(stopped).toMatchObject({ isComplete: false, accepted: 500 });
    await importFile(csv(path, sendBatch));
    expect(messages.size).toBe(good);
  });

  test('a batch is sent again before the import gives up', async () => {
    const path = await aFile('g.csv', text);
    const { sendBatch } = aCollection({ failAt: 2 });
    const result = await importFile(csv(path, sendBatch, { retryDelaysMs: [1] }));
    expect(result).toMatchObject({ accepted: good, isComplete: true });
  });

  test('goes on with what a file has got since', async () => {
    const path = await aFile('h.csv', text);
    const { messages, sendBatch } = aCollection();
    await importFile(csv(path, sendBatch));
    await appendFile(path, '2019-10-02 00:00:00,late,view,1\n');
    const result = await importFile(csv(path, sendBatch));
    expect(result).toMatchObject({ accepted: good + 1, resumedAfterLine: rows.length + 1 });
    expect(messages.size).toBe(good + 1);
  });

  test('does not take the checkpoint of another file or mapping', async () => {
    const path = await aFile('i.csv', text);
    const { sendBatch } = aCollection();
    await importFile(csv(path, sendBatch));
    await writeFile(path, text.replace('p1,', 'q1,'));
    await expect(importFile(csv(path, sendBatch))).rejects.toThrow('another file');
  });
});

describe('a file of Segment messages', () => {
  const format = { kind: 'segment-jsonl' } as const;

  test('keeps ids and times; a clock that was off is put right once', async () => {
    const lines = [
      {
        type: 'track',
        event: 'A',
        userId: 'u',
        messageId: 'own',
        timestamp: '2020-01-01T00:00:00Z',
        sentAt: '2020-01-01T00:00:05Z',
      },
      {
        type: 'page',
        anonymousId: 'a',
        originalTimestamp: '2020-01-01T00:00:00Z',
        sentAt: '2020-01-01T00:00:10Z',
        receivedAt: '2020-01-01T01:00:10Z',
      },
    ];
    const path = await aFile(
      'a.jsonl',
      `\ufeff${lines.map((line) => JSON.stringify(line)).join('\r\n')}`,
    );
    const { messages, sendBatch } = aCollection();
    await importFile({ path, format, sendBatch });
    expect([...messages.values()]).toEqual([
      {
        type: 'track',
        event: 'A',
        userId: 'u',
        messageId: 'own',
        timestamp: '2020-01-01T00:00:00.000Z',
      },
      expect.objectContaining({ timestamp: '2020-01-01T01:00:00.000Z' }),
    ]);
  });

  test('has its bad lines in the rejects', async () => {
    const huge = { type: 'track', timestamp: '2020-01-01T00:00:00Z', event: 'x'.repeat(33_000) };
    const path = await aFile(
      'b.jsonl',
      `{"type":"track"\n[]\n{"type":"view"}\n{"type":"page"}\n${JSON.stringify(huge)}\n`,
    );
    const { sendBatch } = aCollection();
    const result = await importFile({ path, format, sendBatch });
    const rejects = await readRejects(result.rejectsPath);
    expect(rejects.map(({ line, field }) => [line, field])).toEqual([
      [1, ''],
      [2, ''],
      [3, 'type'],
      [4, 'timestamp'],
      [5, ''],
    ]);
  });
});

const sharedData =
  process.env.TENTH_SHARED_DATA ?? join(import.meta.dirname, '../../../../../shared/data');
const slice = join(sharedData, 'rees46-multicategory/2019-Oct-slice.csv');
const isThere = existsSync(slice);
const title = isThere ? "REES46's data" : `REES46's data (skipped: there is no ${slice})`;

describe.skipIf(!isThere)(title, () => {
  test('comes in whole but for the line that was cut', async () => {
    const { messages, sendBatch } = aCollection();
    const result = await importFile({
      path: slice,
      format: { kind: 'csv', mapping: rees46 },
      sendBatch,
      checkpointPath: join(dir, 'checkpoint.json'),
      rejectsPath: join(dir, 'rejects.jsonl'),
    });
    expect(result).toMatchObject({ accepted: 17_434, rejected: 1, isComplete: true });
    const all = [...messages.values()];
    const named = (name: string) => all.filter(({ event }) => event === name);
    expect(messages.size).toBe(17_434);
    expect(named('Product Viewed')).toHaveLength(17_055);
    expect(named('Product Added')).toHaveLength(165);
    expect(named('Order Completed')).toHaveLength(214);
    expect(new Set(all.map(({ anonymousId }) => anonymousId)).size).toBe(4_504);
    expect(all[1]).toMatchObject({
      timestamp: '2019-10-01T00:00:00.000Z',
      context: { sessionId: '9333dfbd-b87a-4708-9857-6336556b0fcc' },
      properties: {
        product_id: '3900821',
        category: 'appliances/environment/water_heater',
        brand: 'aqua',
        price: 33.2,
        currency: 'USD',
      },
    });
    const [order] = named('Order Completed');
    expect(order).toMatchObject({
      properties: {
        order_id: expect.stringMatching(/^[0-9a-f-]{36}-\d+$/),
        total: expect.any(Number),
        products: [{ quantity: 1, product_id: expect.any(String) }],
      },
    });
    expect(await readRejects(result.rejectsPath)).toEqual([
      {
        line: 17_436,
        field: '',
        reason: 'has 8 columns instead of 9',
        raw: expect.stringMatching(/52040330$/),
      },
    ]);
  });
});
