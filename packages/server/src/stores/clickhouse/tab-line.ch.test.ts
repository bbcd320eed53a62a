import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { toTabLine } from './tab-line.ts';

let log: Awaited<ReturnType<typeof openTestLog>>;

beforeAll(async () => {
  log = await openTestLog();
  await log.client.command({
    query: 'CREATE TABLE tab_lines (id UInt32, text String, list Array(String)) ENGINE = Memory',
  });
});
afterAll(() => log.close());

test('whatever a text or a member of a list is, it comes out as it went in', async () => {
  // One line that cannot be read holds up the whole log, and any visitor may name a brand.
  const text = fc.oneof(
    fc.constantFrom(
      "Levi's",
      'a\\b',
      "\\'",
      'tab\there',
      'line\nbreak',
      '\r',
      '\0',
      "'),('",
      '\\N',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc
      .array(fc.constantFrom("'", '\\', '\t', '\n', ',', '[', ']', '"', 'n', '0'), { maxLength: 8 })
      .map((parts) => parts.join('')),
  );
  const rows = fc.sample(fc.tuple(text, fc.array(text, { maxLength: 4 })), {
    seed: 7,
    numRuns: 500,
  });
  const lines = rows.map(([alone, list], id) => toTabLine([id, alone, list]));
  // As the event log is written: with the rows in the statement.
  await log.client.command({
    query: `INSERT INTO tab_lines FORMAT TabSeparated\n${lines.join('\n')}`,
  });
  const reply = await log.client.query({
    query: 'SELECT text, list FROM tab_lines ORDER BY id',
    format: 'JSONEachRow',
  });
  const stored = await reply.json<{ text: string; list: readonly string[] }>();
  expect(stored.map(({ text, list }) => [text, list])).toEqual(rows);
});
