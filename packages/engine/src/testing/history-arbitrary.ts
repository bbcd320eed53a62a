import type { SiteEvent } from '@tenth/model/event.ts';
import type { Json } from '@tenth/model/json.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { anEvent, T0 } from './builders.ts';
import { type ConditionVocabulary, defaultVocabulary } from './condition-vocabulary.ts';

export interface ArbitraryHistoryOptions extends Partial<ConditionVocabulary> {
  readonly devices?: readonly string[];
  readonly maxEvents?: number;
  /** Events lie up to so long before `until`; 3 days unless given. */
  readonly span?: number;
  readonly until?: EpochMs;
}

/**
 * Events of one person in order of time, made of the words that arbitrary conditions are made of: pages,
 * product views, carts, orders, traits, on one device or several, at a minute's or a day's distance.
 */
export function arbitraryHistory(
  options: ArbitraryHistoryOptions = {},
): fc.Arbitrary<readonly SiteEvent[]> {
  const { devices = ['phone', 'desktop'], maxEvents = 30, span = 3 * DAY_MS, until = T0 } = options;
  const words = { ...defaultVocabulary, ...options };
  const ago = fc.oneof(
    fc.integer({ min: 0, max: span }),
    fc.integer({ min: 0, max: 20 }).map((minutes) => minutes * MINUTE_MS),
    fc.integer({ min: 0, max: 5 }).map((hours) => hours * HOUR_MS),
  );
  const one = fc.record({
    ago,
    device: fc.constantFrom(...devices),
    event: arbitraryEvent(words),
  });
  return fc
    .array(one, { maxLength: maxEvents })
    .map((drawn) =>
      drawn
        .map(({ ago: back, device, event }) =>
          anEvent({ ...event, anonymousId: device, at: until - Math.min(back, span) }),
        )
        .sort((left, right) => left.at - right.at),
    );
}

function arbitraryEvent(words: ConditionVocabulary): fc.Arbitrary<Partial<SiteEvent>> {
  const value: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
    ...words.texts,
    ...words.numbers,
    ...words.dates,
    true,
    null,
    [],
    [...words.texts.slice(0, 2), ...words.numbers.slice(0, 1)],
  );
  const product = fc.record(
    {
      product_id: fc.constantFrom(...words.productIds),
      price: fc.oneof(fc.constantFrom(...words.numbers), fc.constantFrom('3', '0.5', 'x')),
      category: fc.constantFrom(...words.categories),
      brand: fc.constantFrom(...words.brands),
      currency: fc.constantFrom(...words.currencies),
      tags: value,
      since: value,
      order_id: fc.constantFrom('o1', 'o2', 'o3'),
      total: fc.constantFrom(...words.numbers),
    },
    { requiredKeys: [] },
  );
  const context = fc.record(
    {
      timezone: fc.constantFrom('Asia/Seoul', 'America/New_York', 'Africa/Cairo', 'nowhere'),
      location: fc.record({ country: fc.constantFrom('KR', '') }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  return fc.oneof(
    fc.record({
      type: fc.constant('track' as const),
      name: fc.constantFrom(...words.eventNames, 'Cart Viewed'),
      properties: product,
      page: fc.constant(undefined),
      payload: context.map((of) => ({ context: of })),
    }),
    fc.record({
      type: fc.constantFrom('page' as const, 'screen' as const),
      name: fc.constantFrom('', ...words.pageNames),
      payload: context.map((of) => ({ context: of })),
    }),
    fc.record({
      type: fc.constant('identify' as const),
      traits: fc.dictionary(fc.constantFrom(...words.traits, 'email'), value, { maxKeys: 3 }),
    }),
  );
}
