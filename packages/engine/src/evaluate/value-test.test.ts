import type { Json } from '@tenth/model/json.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { type Test, test as testSchema } from '@tenth/model/value-test.ts';
import { describe, expect, test } from 'vitest';
import { localClock } from '../local-time.ts';
import { readDate } from './date-text.ts';
import { compileTest, isRelative, nextChangeOfTest } from './value-test.ts';

const clock = localClock('Asia/Seoul');
if (clock === undefined) {
  throw new Error('no Seoul');
}
/** 2026-02-28 08:30 in Seoul; 2026 has no 29th of February. */
const NOW = Date.UTC(2026, 1, 27, 23, 30);

const cases: readonly [
  test: Test,
  passing: readonly Json[],
  failing: readonly (Json | undefined)[],
][] = [
  [
    { op: 'matches', pattern: '^라운드|lab$' },
    ['라운드랩', 'ROUND LAB', ['x', 'lab']],
    ['lab1', 3, null],
  ],
  [{ op: 'matches', pattern: 'a.c' }, ['ABC', 'xabcx'], ['a\nc']],
  [
    { op: 'has_all', values: ['A', 2] },
    [
      ['a', 2],
      [2, 'b', 'A'],
      ['a', 'a', 2],
    ],
    [['a'], ['a', '2'], 'a', 2, undefined, null, []],
  ],
  [{ op: 'has_all', values: ['a', 'A'] }, ['a', ['A']], ['b', []]],
  [
    { op: 'before', time: '2026-02-28T09:00:00+09:00' },
    ['2026-02-27', '2026-02-28T08:59:59.999+09:00', ['x', '2020-01-01']],
    ['2026-02-28', '2026-02-28T09:00+09:00', 20_260_101, undefined, '2026-02-30'],
  ],
  [
    { op: 'after', time: '2026-02-28T09:00:00+09:00' },
    ['2026-02-28', '2026-02-28T00:00Z', '2099-12-31'],
    ['2026-02-27', '2100-01-01', '2026-2-28', '2026-02-28T09:00', '2026-02-28t09:00Z'],
  ],
  [
    { op: 'in_last_days', days: 1 },
    ['2026-02-27', '2026-02-27T23:30Z', '2026-02-26T23:30Z'],
    ['2026-02-28', '2026-02-26T23:29:59.999Z', '2026-02-26'],
  ],
  [
    { op: 'in_next_days', days: 1 },
    ['2026-02-28', '2026-02-27T23:30Z', '2026-02-28T23:30:00.000Z'],
    ['2026-02-27', '2026-03-01', '2026-02-28T23:30:00.001Z'],
  ],
  [
    { op: 'anniversary_in_days', days: 0 },
    ['1990-02-28', '2024-02-29', '2000-02-28T10:00Z'],
    ['1990-02-27', '1990-03-01', '02-28'],
  ],
  [
    { op: 'anniversary_in_days', days: 2 },
    ['1990-02-28', '2024-02-29', '1985-03-02'],
    ['1985-03-03', '1990-02-27'],
  ],
  [
    { op: 'version_gte', version: '1.4.2' },
    ['1.4.2', 'v1.4.10', '2', '1.5-beta', '1.4.2+build'],
    ['1.4', '1.4.1', '1.4.2.1', 'V2', 'two', 2, ''],
  ],
  [{ op: 'version_lt', version: '1.4' }, ['1', '1.3.99', 'v0.1', '1.3-x'], ['1.4', '1.4.0', '10']],
  [{ op: 'exists' }, ['', 0, false, []], [undefined, null]],
  [{ op: 'is', value: 'Naver' }, ['naver', ['x', 'NAVER']], ['nave', undefined]],
  [{ op: 'is_not', value: 20 }, ['20', [19], []], [20, [20]]],
];

describe.each(cases.map(([given, passing, failing]) => ({ given, passing, failing })))(
  '$given',
  ({ given, passing, failing }) => {
    const passes = compileTest(testSchema.parse(given), clock);
    test.each(passing.map((value) => ({ value })))('passes $value', ({ value }) => {
      expect(passes(value, NOW)).toBe(true);
    });
    test.each(failing.map((value) => ({ value })))('fails $value', ({ value }) => {
      expect(passes(value, NOW)).toBe(false);
    });
  },
);

test('is_not and not_in pass what is missing', () => {
  const given: readonly Test[] = [
    { op: 'is_not', value: 1 },
    { op: 'not_in', values: [1] },
    { op: 'missing' },
  ];
  for (const one of given) {
    expect(compileTest(one, clock)(undefined, NOW)).toBe(true);
    expect(compileTest(one, clock)(null, NOW)).toBe(true);
  }
});

test.each([
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2026-11-23T09:30+09:00', Date.UTC(2026, 10, 23, 0, 30)],
  ['2026-11-23T09:30:15Z', Date.UTC(2026, 10, 23, 9, 30, 15)],
  ['2026-11-23T09:30:15.5-02:30', Date.UTC(2026, 10, 23, 12, 0, 15, 500)],
  ['1899-12-31', undefined],
  ['2023-02-29', undefined],
  ['2026-13-01', undefined],
  ['2026-11-23T24:00Z', undefined],
  ['2026-11-23T09:30', undefined],
  ['2026-11-23 09:30Z', undefined],
  [' 2026-11-23', undefined],
])('reads %s', (text, expected) => {
  expect(readDate(text)).toBe(expected);
});

test('a birthday is passed over day by day, leap days too', () => {
  const passes = compileTest({ op: 'anniversary_in_days', days: 3 }, clock);
  const birthdays = ['1990-02-28', '1992-02-29', '1990-03-01', '1990-12-31', '1990-01-01'];
  for (let day = 0; day < 3 * 366; day += 1) {
    const now = Date.UTC(2026, 0, 1, 3) + day * DAY_MS;
    for (const birthday of birthdays) {
      expect(passes(birthday, now), `${birthday} at ${new Date(now).toISOString()}`).toBe(
        comesRound(birthday, now, 3),
      );
    }
  }
});

/** Day by day, by the words of the rule. `now` is at noon in Seoul, so its UTC day is the local one. */
function comesRound(birthday: string, now: number, days: number): boolean {
  return Array.from({ length: days + 1 }, (_, ahead) => {
    const date = new Date(now + ahead * DAY_MS);
    const monthDay = date.toISOString().slice(5, 10);
    const isLeap = new Date(Date.UTC(date.getUTCFullYear(), 1, 29)).getUTCMonth() === 1;
    return (
      monthDay === birthday.slice(5) ||
      (!isLeap && monthDay === '02-28' && birthday.slice(5) === '02-29')
    );
  }).includes(true);
}

test('a relative test says when its answer changes next', () => {
  const next = (given: Test, value: Json, now = NOW) =>
    isRelative(given) ? nextChangeOfTest(given, clock, value, now) : undefined;
  expect(next({ op: 'in_last_days', days: 1 }, '2026-02-27')).toBe(Date.UTC(2026, 1, 28) + 1);
  expect(next({ op: 'in_last_days', days: 1 }, '2026-03-05')).toBe(Date.UTC(2026, 2, 5));
  expect(next({ op: 'in_last_days', days: 1 }, '2026-01-01')).toBeUndefined();
  expect(next({ op: 'in_next_days', days: 2 }, ['x', '2026-03-05'])).toBe(Date.UTC(2026, 2, 3));
  // From the 1st of March in Seoul it is two days to the 3rd.
  expect(next({ op: 'anniversary_in_days', days: 2 }, '1985-03-03')).toBe(
    Date.UTC(2026, 1, 28, 15),
  );
});
