import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mappingFromFlags } from '../mapping/mapping-from-flags.ts';
import { readCsv, readCsvHeader } from './read-csv.ts';
import type { SourceLine } from './source-line.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tenth-csv-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const mapping = mappingFromFlags({
  time: 'when:utc',
  map: ['who=anonymousId', 'price=userId'],
  constant: ['event=Seen'],
});
const HEADER = 'when,who,price';

async function all(lines: AsyncIterable<SourceLine>): Promise<readonly SourceLine[]> {
  const found: SourceLine[] = [];
  for await (const line of lines) {
    found.push(line);
  }
  return found;
}

/** All records, and what is read when reading begins after one of them. */
async function read(text: string) {
  const path = join(dir, 'a.csv');
  await writeFile(path, text);
  const { columns, end } = await readCsvHeader(path, mapping);
  const records = await all(readCsv(end, mapping, columns));
  const readAfter = async (at: number) => {
    const { endOffset: offset = end.offset, line = end.line } = records[at] ?? {};
    return all(readCsv({ path, offset, line }, mapping, columns));
  };
  return { records, readAfter };
}

/** Whether a record may grow depends on what stands before it, so it is left out of comparisons. */
const told = (records: readonly SourceLine[]) =>
  records.map(({ mayGrow: _mayGrow, ...record }) => record);

const aRow = (price: number, who = `p${price}`) => `2019-10-01 00:00:00,${who},${price}`;
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => aRow(from + index));

const refusedOf = (records: readonly SourceLine[]) =>
  records.flatMap((record) => (record.kind === 'refused' ? [record] : []));

describe('a broken record costs its first line', () => {
  const stray = aRow(0, '"stray');
  const long = aRow(0, 'x'.repeat(1_200_000));
  /** Over 1 MB. */
  const many = rows(100, 4_000).map((row) => row.replace('p', 'p'.repeat(300)));
  const few = rows(100, 20);
  const quoted = aRow(1, '"Kim, ""M"""');
  const tooLong = 'has more than 1 MB';
  const mayBeLong = 'a quote is never closed, or the record has more than 1 MB';

  test.each([
    { name: 'a stray quote before 2 MB', lines: [stray, ...many], reasons: [mayBeLong] },
    {
      name: 'a stray quote before quoted rows',
      lines: [stray, ...few, quoted, ...few],
      reasons: ['has text after a closing quote'],
    },
    {
      name: 'a stray quote that a much later row closes',
      lines: [stray, ...many, quoted],
      reasons: [mayBeLong],
    },
    {
      name: 'a stray quote near the end',
      lines: [...few, stray, ...few],
      reasons: ['a quote is never closed'],
    },
    {
      name: 'a stray quote in the last line',
      lines: [...few, stray],
      reasons: ['a quote is never closed'],
    },
    { name: 'a line of 1.2 MB', lines: [...few, long, ...few], reasons: [tooLong] },
    { name: 'a line of 1.2 MB at the end', lines: [...few, long], reasons: [tooLong] },
    {
      name: 'a line of 1.2 MB in an open quote',
      lines: [stray, ...few, long, ...few],
      reasons: [mayBeLong, tooLong],
    },
    {
      name: 'several',
      lines: [stray, ...many, long, ...few, stray, ...many, quoted, stray],
      reasons: [mayBeLong, tooLong, mayBeLong, 'a quote is never closed'],
    },
  ])('$name', async ({ lines, reasons }) => {
    for (const lineEnd of ['\n', '\r\n']) {
      const { records, readAfter } = await read([HEADER, ...lines, ''].join(lineEnd));
      const refused = refusedOf(records);
      expect(refused.map(({ reason }) => reason)).toEqual(reasons);
      expect(refused.map(({ line }) => line)).toEqual(
        lines.flatMap((line, index) => (line === stray || line === long ? [index + 2] : [])),
      );
      expect(
        refused.every(({ raw }) => raw.length <= 1_000 && long.startsWith(raw.slice(0, 20))),
      ).toBe(true);
      expect(records.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 2));
      for (const at of [
        0,
        10,
        records.findIndex(({ kind }) => kind === 'refused'),
        records.length - 2,
      ]) {
        expect(told(await readAfter(at))).toEqual(told(records.slice(at + 1)));
      }
    }
  });

  test('only where nothing after it says otherwise is the end of the file waited for', async () => {
    const cut = await read(`${HEADER}\n${aRow(1)}\n${aRow(2, '"Kim')}\nMinji\n`);
    expect(cut.records.map(({ mayGrow }) => mayGrow)).toEqual([false, true, true]);
    const stray = await read(`${HEADER}\n${aRow(1, '"Kim')}\n${aRow(2)}\nMinji\n`);
    expect(stray.records.map(({ mayGrow }) => mayGrow)).toEqual([true, false, false]);
  });
});

test('lines are counted as they stand: with line breaks in headings and cells, and empty ones', async () => {
  const { records } = await read(
    [
      '\ufeff"when",who,price,"no\r\nte"',
      '',
      `${aRow(1, '"a\r\nb"')},`,
      `${aRow(2)},`,
      '"2019-10-01 00:00:00","a ""b""",3,',
    ].join('\r\n'),
  );
  expect(records).toMatchObject([
    { line: 5, message: { anonymousId: 'a\r\nb' }, mayGrow: false },
    { line: 6, message: { anonymousId: 'p2' }, mayGrow: false },
    { line: 7, message: { anonymousId: 'a "b"' }, mayGrow: true },
  ]);
});

test('a heading that is none is told of', async () => {
  await expect(read(`${HEADER}\r${aRow(1)}\r`)).rejects.toThrow('carriage return alone');
  await expect(read(`"${HEADER}\n${aRow(1)}\n`)).rejects.toThrow('a quote is never closed');
  await expect(read('\n\n')).rejects.toThrow('is empty');
});

test('a quote that stands within one line is taken as it is', async () => {
  const { records } = await read(`${HEADER}\n${aRow(1, '"19" monitor"')}\n${aRow(2, '19"')}\n`);
  expect(records).toMatchObject([
    { message: { anonymousId: '"19" monitor"' } },
    { message: { anonymousId: '19"' } },
  ]);
});

const who = fc
  .tuple(fc.constantFrom('a', 'é', '한'), fc.array(fc.constantFrom('b', ',', '"', '\n', '글')))
  .map(([first, rest]) => first + rest.join(''));
const file = fc.record({
  whos: fc.array(who, { minLength: 1, maxLength: 40 }),
  faultyAt: fc.nat(),
  cell: fc.nat({ max: 2 }),
  isLong: fc.integer({ min: 0, max: 20 }).map((one) => one === 0),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  isEnded: fc.boolean(),
  resumeAt: fc.nat(),
});

test('whatever is broken in one row, no other row is lost, and reading can begin after any', async () => {
  await fc.assert(
    fc.asyncProperty(file, async ({ whos, faultyAt, cell, isLong, lineEnd, isEnded, resumeAt }) => {
      const faulty = faultyAt % whos.length;
      const written = whos.map((one, index) => {
        const isQuoted = /[",\n]/.test(one);
        const cells = [
          '2019-10-01 00:00:00',
          isQuoted ? `"${one.replaceAll('"', '""')}"` : one,
          `${index}`,
        ];
        const broken = isLong ? 'x'.repeat(1_100_000) : `"${cells[cell]}`;
        return (index === faulty ? cells.with(cell, broken) : cells).join(',');
      });
      const text =
        [HEADER, ...written].join('\n').replaceAll('\n', lineEnd) + (isEnded ? lineEnd : '');
      const { records, readAfter } = await read(text);

      let line = 1;
      const expected = whos.flatMap((one, index) => {
        line += (written[index] ?? '').split('\n').length;
        return index === faulty ? [] : [[line, one.replaceAll('\n', lineEnd), String(index)]];
      });
      const end =
        1 +
        written
          .slice(0, faulty + 1)
          .join('\n')
          .split('\n').length;
      const start = end - (written[faulty] ?? '').split('\n').length;
      const isFaulty = (record: SourceLine) => record.line > start && record.line <= end;
      const taken = records.flatMap((record) =>
        record.kind === 'message' && !isFaulty(record)
          ? [[record.line, record.message.anonymousId, record.message.userId]]
          : [],
      );
      expect(taken).toEqual(expected);
      expect(refusedOf(records).every(isFaulty)).toBe(true);
      expect(records.filter(isFaulty).at(-1)?.line).toBe(end);

      const at = resumeAt % records.length;
      expect(told(await readAfter(at))).toEqual(told(records.slice(at + 1)));
    }),
    { numRuns: 300 },
  );
}, 60_000);
