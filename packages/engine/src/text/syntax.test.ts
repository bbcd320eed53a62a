import { condition } from '@tenth/model/condition.ts';
import { describe, expect, test } from 'vitest';
import { parseCondition } from './parse-condition.ts';
import { printCondition } from './print-condition.ts';
import { ConditionSyntaxError } from './syntax-error.ts';

const member = { kind: 'member', is: true };
const guest = { kind: 'member', is: false };
const isNew = { kind: 'visitor', is: 'new' };
const isBack = { kind: 'visitor', is: 'returning' };

/** Ways to write the same: what is read, and how it is printed. */
const readings: readonly (readonly [text: string, given: unknown, printed: string])[] = [
  ['member', member, 'member'],
  ['  (( member ))\n', member, 'member'],
  ['not member', guest, 'not member'],
  ['not (member)', { kind: 'not', of: member }, 'not (member)'],
  ['not not member', { kind: 'not', of: guest }, 'not (not member)'],
  ['NOT New Visitor', { kind: 'not', of: isNew }, 'not (new visitor)'],
  ['everyone', { kind: 'all', of: [] }, 'everyone'],
  ['nobody', { kind: 'any', of: [] }, 'nobody'],
  ['all of (member)', { kind: 'all', of: [member] }, 'all of (member)'],
  ['any of (member)', { kind: 'any', of: [member] }, 'any of (member)'],
  ['member and new visitor', { kind: 'all', of: [member, isNew] }, 'member and new visitor'],
  [
    'member and new visitor or returning visitor',
    { kind: 'any', of: [{ kind: 'all', of: [member, isNew] }, isBack] },
    '(member and new visitor)\nor returning visitor',
  ],
  [
    'member and (new visitor or returning visitor)',
    { kind: 'all', of: [member, { kind: 'any', of: [isNew, isBack] }] },
    'member\nand (new visitor or returning visitor)',
  ],
  [
    'member and (new visitor and returning visitor)',
    { kind: 'all', of: [member, { kind: 'all', of: [isNew, isBack] }] },
    'member\nand (new visitor and returning visitor)',
  ],
  [
    'count of "Product Viewed" where properties.price >= 10000 in last 7 days >= 3 and not member and session source is "naver"',
    {
      kind: 'all',
      of: [
        {
          kind: 'event_count',
          event: {
            type: 'track',
            name: 'Product Viewed',
            where: [{ path: 'properties.price', test: { op: 'gte', value: 10_000 } }],
          },
          window: { kind: 'last_days', days: 7 },
          test: { op: 'gte', value: 3 },
        },
        guest,
        { kind: 'session', field: 'source', test: { op: 'is', value: 'naver' } },
      ],
    },
    [
      'count of "Product Viewed" where (properties.price >= 10000) in last 7 days >= 3',
      'and not member',
      'and session source is "naver"',
    ].join('\n'),
  ],
  [
    'event where page.category is "product" and properties.price > 3 and member',
    {
      kind: 'all',
      of: [
        {
          kind: 'event',
          filters: [
            { path: 'page.category', test: { op: 'is', value: 'product' } },
            { path: 'properties.price', test: { op: 'gt', value: 3 } },
          ],
        },
        member,
      ],
    },
    'event where (page.category is "product" and properties.price > 3) and member',
  ],
  [
    'count of "A" where name is "B" and name exists ever > 1e3',
    {
      kind: 'event_count',
      event: {
        type: 'track',
        name: 'A',
        where: [
          { path: 'name', test: { op: 'is', value: 'B' } },
          { path: 'name', test: { op: 'exists' } },
        ],
      },
      window: { kind: 'ever' },
      test: { op: 'gt', value: 1_000 },
    },
    'count of "A" where (name is "B" and name exists) ever > 1000',
  ],
  [
    'days since last page < 1',
    { kind: 'recency', event: { type: 'page' }, test: { op: 'lt', value: 1 } },
    'days since last page visit < 1',
  ],
  [
    'first properties."unit price" over track ever is "\\"a\\"\\n가"',
    {
      kind: 'event_value',
      event: { type: 'track' },
      property: 'properties.unit price',
      measure: 'first',
      window: { kind: 'ever' },
      test: { op: 'is', value: '"a"\n가' },
    },
    'first properties."unit price" over track event ever is "\\"a\\"\\n가"',
  ],
  [
    'variable "any" is any of "any", high',
    { kind: 'variable', variableId: 'any', levels: ['any', 'high'] },
    'variable "any" is any of "any", high',
  ],
];

describe('readings', () => {
  for (const [text, given, printed] of readings) {
    test(text, () => {
      const wanted = condition.parse(given);
      expect(parseCondition(text)).toStrictEqual(wanted);
      expect(printCondition(wanted)).toBe(printed);
      expect(parseCondition(printed)).toStrictEqual(wanted);
    });
  }
});

test('a group that does not fit on a line has a line for each part, and indents its brackets', () => {
  const long = `trait "${'long '.repeat(12).trim()}" exists`;
  const text = `member\nand (\n  ${long}\n  or ${long}\n)`;
  expect(printCondition(parseCondition(text))).toBe(text);
});

/** What cannot be read: the place, what was found there, some of what would be valid, the message. */
const errors: readonly (readonly [
  text: string,
  place: readonly [line: number, column: number],
  found: string,
  expected: readonly string[],
  message: string,
])[] = [
  ['', [1, 1], '', ['member', 'not', '(', 'days with'], 'the text ends, expected a condition'],
  [
    'member and\n  sesion source is "a"',
    [2, 3],
    'sesion',
    ['session', 'session pages', '<"event name">'],
    'found sesion, expected a condition; did you mean session?',
  ],
  [
    'session soruce is "naver"',
    [1, 9],
    'soruce',
    ['source', 'time_zone', 'pages'],
    'did you mean source?',
  ],
  ['session source is', [1, 18], '', ['<"text">', 'missing', 'true'], 'the text ends'],
  ['session source "naver"', [1, 16], '"naver"', ['is', 'contains'], 'found "naver"'],
  ['(member or new visitor', [1, 23], '', ['and', 'or', ')'], 'expected and, or or )'],
  ['member)', [1, 7], ')', ['and', 'or', '<end>'], 'found )'],
  ['member, member', [1, 7], ',', ['and', 'or', '<end>'], 'found ,'],
  [
    'count of "A" in lst 3 days >= 1',
    [1, 17],
    'lst',
    ['last', 'this session'],
    'did you mean last?',
  ],
  ['count of "A" >= 1', [1, 14], '>=', ['ever', 'since last', 'where'], 'found >='],
  ['count of "A" in last 91 days >= 1', [1, 22], '91', [], '91: days: '],
  ['count of "A" in last 1.5 hours >= 1', [1, 22], '1.5', [], '1.5: hours: '],
  ['steps of "A" within 3 minutes > 1', [1, 14], 'within', ['then'], 'expected where or then'],
  ['"A" then "B" within 0 minutes', [1, 1], '"A"', [], 'withinMinutes: '],
  ['in segment Vip', [1, 12], 'Vip', [], 'use 1 to 64 of a-z'],
  ['in segment 3rd', [1, 12], '3rd', [], 'ids that begin with a digit stand in "…"'],
  ['cart total in won > 1', [1, 15], 'won', [], 'three capitals'],
  ['trait "a" before 2026-01-01', [1, 18], '2026-01-01', [], 'it has a time of day'],
  ['trait "a" before 2026-02-30T00:00:00Z', [1, 18], '2026-02-30T00:00:00Z', [], 'ISO'],
  ['trait "a" version >= 1.4.2.1', [1, 22], '1.4.2.1', [], 'is no number'],
  ['trait "a" matches "(?=a)"', [1, 1], 'trait', [], 'RE2'],
  ['trait "a', [1, 7], '"', [], 'without its closing "'],
  ['trait "\\x"', [1, 7], '"\\x"', [], 'has an escape that is none'],
  ['trait “a” exists', [1, 7], '“', [], 'texts stand in "…"'],
  [
    'count of "A" where (properties.at in last 3 days) ever > 1',
    [1, 35],
    'in',
    ['after'],
    'found in',
  ],
  [`${'('.repeat(150)}member`, [1, 102], '(', [], 'nested more than 100 deep'],
  [`member${' or member'.repeat(50)}`, [1, 501], 'member', [], 'no more than 50'],
];

describe('errors', () => {
  for (const [text, [line, column], found, expected, message] of errors) {
    test(text.slice(0, 60), () => {
      const error = errorOf(text);
      expect(error.message).toContain(message);
      expect(error.message).toContain(`line ${line}, column ${column}: `);
      expect({ line: error.line, column: error.column, found: error.found }).toEqual({
        line,
        column,
        found,
      });
      expect(error.expected).toEqual(expect.arrayContaining([...expected]));
      expect(error.expected.length > 0).toBe(expected.length > 0);
    });
  }
});

function errorOf(text: string): ConditionSyntaxError {
  try {
    parseCondition(text);
  } catch (error) {
    if (error instanceof ConditionSyntaxError) {
      return error;
    }
    throw error;
  }
  throw new Error(`read as a condition: ${text}`);
}
