import fc from 'fast-check';

/** Texts that mean something to one or another of those who read them. */
export const hostileTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '﷽'.repeat(20),
  '💥'.repeat(50),
  '../../../etc/passwd',
  '%00%ff%c0%ae',
  "'; drop table profiles; --",
  '\\x00\\t\\n',
  '{{ person.constructor }}',
  '{param:String}',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'x'.repeat(40_000),
  '9'.repeat(400),
  '-0',
  'NaN',
  '1e999',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00',
  '__proto__',
  'constructor',
  'toString',
  '(a+)+$',
];
const hostileNumbers = [
  0,
  -0,
  -1,
  0.1,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1.7976931348623157e308,
  5e-324,
  8_640_000_000_000_001,
];
export const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '.',
];

/** A value in the place of a right one. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...hostileNumbers) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
  { weight: 1, arbitrary: fc.constantFrom([], {}, [[[]]], [null], { '': '' }) },
  { weight: 1, arbitrary: fc.integer({ min: 5, max: 800 }).map(nested) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 2_000 }).map((n) => new Array(n).fill(0)) },
  { weight: 2, arbitrary: fc.jsonValue() },
);

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}
