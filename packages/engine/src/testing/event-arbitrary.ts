import type { EventFilter, EventMatch } from '@tenth/model/event-match.ts';
import type { Window } from '@tenth/model/window.ts';
import fc from 'fast-check';
import type { Words } from './condition-vocabulary.ts';
import { arbitraryEventTest, arbitraryText, arbitraryTime } from './test-arbitrary.ts';

export function arbitraryPath(words: Words): fc.Arbitrary<string> {
  const known = fc.constantFrom(...words.properties);
  return words.isWild
    ? fc.oneof(
        known,
        fc.constantFrom('page.title', 'context.app.version', 'traits.a', 'properties.unit price'),
        fc
          .tuple(
            fc.constantFrom('properties', 'traits', 'context'),
            fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
          )
          // The schema's own rule: no dot first, no line break anywhere.
          .filter(([, rest]) => /^[^.\n\r\u2028\u2029][^\n\r\u2028\u2029]*$/.test(rest))
          .map(([root, rest]) => `${root}.${rest}`),
      )
    : known;
}

export function arbitraryFilter(words: Words): fc.Arbitrary<EventFilter> {
  return arbitraryPath(words).chain((path) =>
    fc.record({
      path: fc.constant(path),
      test: arbitraryEventTest(words, textsAt(path, words)),
    }),
  );
}

/** What is likely to stand at this path, so that a test of it is often met. */
function textsAt(path: string, words: Words): readonly string[] {
  if (path === 'name') {
    return words.eventNames;
  }
  if (path === 'properties.category') {
    return words.categories;
  }
  if (path === 'properties.brand') {
    return words.brands;
  }
  if (path === 'properties.product_id') {
    return words.productIds;
  }
  return path === 'properties.since' ? words.dates : words.texts;
}

/** A track event by its name alone. */
export function arbitraryNamedEvent(words: Words): fc.Arbitrary<EventMatch> {
  return fc.record({
    type: fc.constant('track'),
    name: arbitraryText(words, words.eventNames, 200),
  });
}

/** Which events count; mostly a track event by its name alone. */
export function arbitraryEventMatch(words: Words): fc.Arbitrary<EventMatch> {
  const eventName = arbitraryText(words, words.eventNames, 200);
  const pageName = arbitraryText(words, words.pageNames, 200);
  const where = fc.array(arbitraryFilter(words), {
    minLength: words.isWild ? 0 : 1,
    maxLength: 2,
  });
  const named = (type: EventMatch['type'], name: fc.Arbitrary<string>) =>
    fc.record({ type: fc.constant(type), name, where }, { requiredKeys: ['type', 'name'] });
  const unnamed = (...types: EventMatch['type'][]) =>
    fc.record({ type: fc.constantFrom(...types), where }, { requiredKeys: ['type'] });
  return fc.oneof<fc.WeightedArbitrary<EventMatch>[]>(
    { arbitrary: arbitraryNamedEvent(words), weight: 6 },
    { arbitrary: named('track', eventName), weight: 4 },
    { arbitrary: unnamed('track', 'page', 'page', 'identify'), weight: 3 },
    { arbitrary: named('page', pageName), weight: 1 },
    { arbitrary: named('screen', pageName), weight: 1 },
    { arbitrary: unnamed('screen', 'group', 'alias'), weight: words.isWild ? 1 : 0 },
  );
}

/** Any window; the sliding ones of each unit at both ends of what the schema allows and between. */
export function arbitraryWindow(words: Words): fc.Arbitrary<Window> {
  const time = arbitraryTime(words);
  return fc.oneof<fc.WeightedArbitrary<Window>[]>(
    { arbitrary: fc.constant({ kind: 'ever' }), weight: 2 },
    { arbitrary: fc.constant({ kind: 'session' }), weight: 2 },
    {
      arbitrary: fc.record({
        kind: fc.constant('last_minutes'),
        minutes: fc.constantFrom(1, 5, 60),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({ kind: fc.constant('last_hours'), hours: fc.constantFrom(1, 3, 48) }),
      weight: 1,
    },
    {
      arbitrary: fc.record({ kind: fc.constant('last_days'), days: fc.constantFrom(1, 2, 7, 90) }),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(time, time, fc.integer({ min: 0, max: 9 }))
        .map(([a, b, turn]): Window => {
          const isTurned = Date.parse(a) > Date.parse(b) === (turn !== 0);
          return { kind: 'between', from: isTurned ? b : a, to: isTurned ? a : b };
        }),
      weight: 2,
    },
    {
      arbitrary: fc.record({ kind: fc.constant('since_event'), event: arbitraryEventMatch(words) }),
      weight: 2,
    },
  );
}
