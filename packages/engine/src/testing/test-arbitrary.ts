import type { EventFilter } from '@tenth/model/event-match.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import type { NumberTest, Test } from '@tenth/model/value-test.ts';
import fc from 'fast-check';
import type { Words } from './condition-vocabulary.ts';

type Scalar = string | number | boolean;

/** Any text of the schemas, the strange ones most of all: quotes, line breaks, lone surrogates. */
const wildText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      '"',
      '\\',
      '\n',
      'and',
      'or',
      ')',
      '" and member',
      '\ud800',
      '\u2028',
      '0',
      '-',
    ),
    fc.constant('x'.repeat(maxLength)),
  );

export function arbitraryText(
  words: Words,
  of: readonly string[],
  maxLength = 500,
): fc.Arbitrary<string> {
  const known = fc.constantFrom(...of.filter((text) => text !== ''));
  return words.isWild
    ? fc.oneof(
        known,
        wildText(maxLength).filter(({ length }) => length <= maxLength),
      )
    : known;
}

export function arbitraryNumber(words: Words, of: readonly number[]): fc.Arbitrary<number> {
  const known = fc.constantFrom(...of);
  return words.isWild
    ? fc.oneof(known, fc.double({ noNaN: true, noDefaultInfinity: true }))
    : known;
}

/** A moment near now, at whole minutes, hours and days from it as well as beside them. */
export function arbitraryTime({ now }: Words): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(MINUTE_MS, HOUR_MS, DAY_MS),
      fc.integer({ min: -3, max: 2 }),
      fc.constantFrom(0, 0, 1, 999),
      fc.constantFrom('Z', 'Z', '+00:00'),
    )
    .map(([unit, many, beside, offset]) =>
      new Date(now + many * unit + beside).toISOString().replace('Z', offset),
    );
}

export function arbitraryNumberTest(numbers: fc.Arbitrary<number>): fc.Arbitrary<NumberTest> {
  const one = (op: 'is' | 'gt' | 'gte' | 'lt' | 'lte'): fc.Arbitrary<NumberTest> =>
    fc.record({ op: fc.constant(op), value: numbers });
  return fc.oneof(
    one('is'),
    one('gt'),
    { arbitrary: one('gte'), weight: 2 },
    one('lt'),
    one('lte'),
    // Mostly the right way round, and now and then an empty one.
    fc
      .tuple(numbers, numbers, fc.integer({ min: 0, max: 9 }))
      .map(
        ([a, b, turn]): NumberTest =>
          turn === 0
            ? { op: 'between', from: Math.max(a, b), to: Math.min(a, b) }
            : { op: 'between', from: Math.min(a, b), to: Math.max(a, b) },
      ),
  );
}

const patterns = ['a', '^a', 'b$', 'a|한', '[ab]+ ?', '^\\d+$', '^$', '.', '\\.\\w', '(?:n|N)aver'];

/** The tests that an event is put to. */
type EventTest = EventFilter['test'];

/** Tests of a value that is one of these texts, a number or a boolean. */
export function arbitraryTest(
  words: Words,
  of: readonly string[] = words.texts,
): fc.Arbitrary<Test> {
  return fc.oneof<fc.WeightedArbitrary<Test>[]>(
    { arbitrary: arbitraryEventTest(words, of), weight: 6 },
    { arbitrary: testOfPassingTime, weight: 1 },
  );
}

/** The same without those that time alone can make true or false. */
export function arbitraryEventTest(
  words: Words,
  of: readonly string[] = words.texts,
): fc.Arbitrary<EventTest> {
  const text = arbitraryText(words, of);
  const number = arbitraryNumber(words, words.numbers);
  const scalar: fc.Arbitrary<Scalar> = fc.oneof(
    { arbitrary: fc.constantFrom(...of), weight: 4 },
    { arbitrary: text, weight: 1 },
    { arbitrary: number, weight: 3 },
    { arbitrary: fc.boolean(), weight: 1 },
  );
  return fc.oneof<fc.WeightedArbitrary<EventTest>[]>(
    { arbitrary: testOfScalar(scalar), weight: 6 },
    { arbitrary: testOfText(words, text), weight: 5 },
    { arbitrary: arbitraryNumberTest(number), weight: 4 },
    { arbitrary: testOfMoment(words), weight: 2 },
    { arbitrary: testOfVersion(words), weight: 1 },
    { arbitrary: fc.constantFrom<EventTest>({ op: 'exists' }, { op: 'missing' }), weight: 2 },
  );
}

function testOfScalar(scalar: fc.Arbitrary<Scalar>): fc.Arbitrary<EventTest> {
  const some = fc.array(scalar, { minLength: 1, maxLength: 3 });
  return fc.oneof<fc.Arbitrary<EventTest>[]>(
    fc.record({ op: fc.constantFrom('is', 'is_not'), value: scalar }),
    fc.record({ op: fc.constantFrom('in', 'not_in', 'has_all'), values: some }),
  );
}

function testOfText(words: Words, text: fc.Arbitrary<string>): fc.Arbitrary<EventTest> {
  const known = fc.constantFrom(...patterns);
  const pattern = words.isWild
    ? fc.oneof(known, fc.stringMatching(/^[a-z"'/ \n가-힣]{1,20}$/))
    : known;
  return fc.oneof<fc.Arbitrary<EventTest>[]>(
    fc.record({ op: fc.constantFrom('contains', 'starts_with', 'ends_with'), value: text }),
    fc.record({
      op: fc.constant('contains_any'),
      values: fc.array(text, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('matches'), pattern }),
  );
}

function testOfMoment(words: Words): fc.Arbitrary<EventTest> {
  return fc.record({
    op: fc.constantFrom('before', 'after'),
    time: fc.oneof(
      arbitraryTime(words),
      fc.constantFrom(
        '1990-03-04T00:00:00Z',
        '2026-03-02T00:00:00+09:00',
        '2099-12-31T23:59:59.999999Z',
      ),
    ),
  });
}

const testOfPassingTime: fc.Arbitrary<Test> = fc.oneof<fc.Arbitrary<Test>[]>(
  fc.record({
    op: fc.constantFrom('in_last_days', 'in_next_days'),
    days: fc.constantFrom(0, 1, 3, 7, 3_650),
  }),
  fc.record({ op: fc.constant('anniversary_in_days'), days: fc.constantFrom(0, 1, 3, 30) }),
);

function testOfVersion(words: Words): fc.Arbitrary<EventTest> {
  return fc.record({
    op: fc.constantFrom('version_gte', 'version_lt'),
    version: fc.constantFrom(...words.versions),
  });
}
