import { type Condition, condition } from '@tenth/model/condition.ts';
import { eventMatch } from '@tenth/model/event-match.ts';
import { test as valueTest } from '@tenth/model/value-test.ts';
import { window } from '@tenth/model/window.ts';
import { describe, expect, test } from 'vitest';
import page from '../../../../docs/conditions.md?raw';
import { parseCondition } from './parse-condition.ts';
import { printCondition } from './print-condition.ts';

/** A row of a table with an example: the heading of its first column, what it shows, both forms. */
interface Row {
  readonly heading: string;
  readonly shows: string;
  readonly text: string;
  readonly json: unknown;
}

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const codeIn = (cell: string | undefined): string => /^`(.+)`$/.exec(cell ?? '')?.[1] ?? '';

function readRows(): readonly Row[] {
  const rows: Row[] = [];
  let heading: string | undefined;
  for (const line of page.split('\n')) {
    const [first = '', text, json] = cellsOf(line);
    if (!line.startsWith('|')) {
      heading = undefined;
    } else if (text === 'text' && json === 'JSON') {
      heading = first;
    } else if (heading !== undefined && !first.startsWith('--')) {
      rows.push({ heading, shows: first, text: codeIn(text), json: JSON.parse(codeIn(json)) });
    }
  }
  return rows;
}

/** The example as a whole condition, in both forms: a window alone is none. */
function wholeOf({ heading, text, json }: Row): readonly [text: string, json: unknown] {
  const count = { kind: 'event_count', event: { type: 'page' }, test: { op: 'gte', value: 1 } };
  switch (heading) {
    case 'event':
      return [
        `count of ${text} ever >= 1`,
        { ...count, event: eventMatch.parse(json), window: { kind: 'ever' } },
      ];
    case 'test':
      return [`trait "x" ${text}`, { kind: 'trait', name: 'x', test: valueTest.parse(json) }];
    case 'window':
      return [`count of page visit ${text} >= 1`, { ...count, window: window.parse(json) }];
    default:
      return [text, json];
  }
}

const rows = readRows();
const examples: readonly (readonly [text: string, given: Condition])[] = rows.map((row) => {
  const [text, json] = wholeOf(row);
  return [text, condition.parse(json)];
});

describe('the examples in tables', () => {
  for (const [text, given] of examples) {
    test(text, () => {
      expect(parseCondition(text)).toEqual(given);
      expect(printCondition(given)).toBe(text);
    });
  }
});

test('the examples in blocks are the same in both forms', () => {
  const blocks = [...page.matchAll(/```tenth\n([^`]+)\n```\s+```json\n([^`]+)```/g)];
  expect(blocks.length).toBeGreaterThan(0);
  for (const [, text = '', json = ''] of blocks) {
    const given = condition.parse(JSON.parse(json));
    expect(parseCondition(text)).toEqual(given);
    expect(printCondition(given)).toBe(text);
  }
});

test('every kind of condition, test and window has its row', () => {
  const given = (...headings: string[]): readonly unknown[] =>
    rows.filter(({ heading }) => headings.includes(heading)).map(({ json }) => json);
  expect(new Set(given('test').map((json) => valueTest.parse(json).op))).toEqual(
    new Set(valueTest.options.map(({ shape }) => shape.op.value)),
  );
  expect(new Set(given('window').map((json) => window.parse(json).kind))).toEqual(
    new Set(window.options.map(({ shape }) => shape.kind.value)),
  );
  // All of the 28 leaves and 3 groups.
  const kinds = given('condition', 'groups').map((json) => condition.parse(json).kind);
  expect(new Set(kinds).size).toBe(31);
});
