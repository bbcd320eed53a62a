import { expect, test } from 'vitest';
import { MOST_LINE_CHARS } from './read-lines.ts';
import {
  type RecordReader,
  type RecordSink,
  readCsvRecords,
  readPlainRecords,
} from './read-records.ts';

type Read = readonly [line: number, cellsOrReason: readonly string[] | string];

/** Reads the same text whole and cut after every so many characters, which must make no difference. */
function read(open: (sink: RecordSink) => RecordReader, text: string): readonly Read[] {
  const runs = [text.length + 1, 1, 3].map((size) => {
    const out: Read[] = [];
    const reader = open({
      onRecord: (cells, line) => out.push([line, cells]),
      onBroken: (line, reason) => out.push([line, reason]),
    });
    for (let at = 0; at < text.length; at += size) {
      reader.push(text.slice(at, at + size));
    }
    reader.end();
    return out;
  });
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
  return runs[0] ?? [];
}

const csv = (text: string) => read(readCsvRecords, text);

test('line breaks of both kinds, and none at the end', () => {
  expect(csv('a,b\r\n1,2\n3,4')).toEqual([
    [1, ['a', 'b']],
    [2, ['1', '2']],
    [3, ['3', '4']],
  ]);
});

test('empty lines are passed over and counted', () => {
  expect(csv('\n\na\n\nb\n')).toEqual([
    [3, ['a']],
    [5, ['b']],
  ]);
});

test.each([
  { name: 'semicolon', text: 'id;name\n1;Kim, Minji\n', cells: ['1', 'Kim, Minji'] },
  { name: 'tab', text: 'id\tname\n1\tKim; Minji\n', cells: ['1', 'Kim; Minji'] },
  { name: 'bar', text: 'id|name\n1|Kim\n', cells: ['1', 'Kim'] },
  { name: 'comma where quoted headings hold others', text: '"a;b;c",d\n1,2\n', cells: ['1', '2'] },
])('the delimiter is found: $name', ({ text, cells }) => {
  expect(csv(text)[1]).toEqual([2, cells]);
});

test('quoted cells hold delimiters, quotes and line breaks', () => {
  expect(csv('a,b\n"1,2","say ""hi"""\n"line\nbreak",x\n,""\n')).toEqual([
    [1, ['a', 'b']],
    [2, ['1,2', 'say "hi"']],
    [3, ['line\nbreak', 'x']],
    [5, ['', '']],
  ]);
});

test('a quote inside a cell is a character', () => {
  expect(csv('a,b\nki"m,5"\n')).toEqual([
    [1, ['a', 'b']],
    [2, ['ki"m', '5"']],
  ]);
});

test('a quote that is never closed costs its own line', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `user-${index},x`);
  const read = csv(`a,b\n"kim,1\n${lines.join('\n')}\n`);
  expect(read[1]).toEqual([2, 'opens a quote that is not closed']);
  expect(read).toHaveLength(52);
  expect(read.at(-1)).toEqual([52, ['user-49', 'x']]);
});

test('a quote that only a much later line closes costs both lines', () => {
  expect(csv('a,b\n"kim,1\nlee,2\n"park,3\nchoi,4\n')).toEqual([
    [1, ['a', 'b']],
    [2, 'has text after a closing quote'],
    [3, ['lee', '2']],
    [4, 'opens a quote that is not closed'],
    [5, ['choi', '4']],
  ]);
});

test('a line that is far too long is refused and not kept', () => {
  const long = 'x'.repeat(MOST_LINE_CHARS + 1);
  const out: Read[] = [];
  const reader = readPlainRecords({
    onRecord: (cells, line) => out.push([line, cells]),
    onBroken: (line, reason) => out.push([line, reason]),
  });
  reader.push(`a\n${long}`);
  reader.push(long);
  reader.push('\nb');
  reader.end();
  expect(out).toEqual([
    [1, ['a']],
    [2, 'has more than 65,536 characters'],
    [3, ['b']],
  ]);
});

test('plain text has one cell a line, whatever is in it', () => {
  expect(read(readPlainRecords, 'a,b\n  \n"c\nd;e\n')).toEqual([
    [1, ['a,b']],
    [3, ['"c']],
    [4, ['d;e']],
  ]);
});
