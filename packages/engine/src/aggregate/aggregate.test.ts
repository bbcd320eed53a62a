import type { SiteEvent } from '@tenth/model/event.ts';
import type { Json } from '@tenth/model/json.ts';
import type { AggregateState } from '@tenth/model/profile.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localClock } from '../local-time.ts';
import { aTrack, T0 } from '../testing/builders.ts';
import { ChangedAggregates, mergeAggregates, noAggregates, readAggregate } from './aggregates.ts';
import { type Aggregate, type AggregateDefinition, compileAggregate } from './compile-aggregate.ts';
import { aggregateKinds, mergeStates } from './kind.ts';

const clock = localClock('Asia/Seoul');
if (clock === undefined) {
  throw new Error('no Seoul');
}

const windows: readonly AggregateDefinition['window'][] = [
  { kind: 'ever' },
  { kind: 'session' },
  { kind: 'last_minutes', minutes: 10 },
  { kind: 'last_hours', hours: 5 },
  { kind: 'last_days', days: 3 },
  {
    kind: 'between',
    from: new Date(T0 - DAY_MS).toISOString(),
    to: new Date(T0 - HOUR_MS).toISOString(),
  },
];

const aggregateOf = (definition: Partial<AggregateDefinition>): Aggregate =>
  compileAggregate(
    {
      kind: 'count',
      event: { type: 'track', name: 'Product Viewed' },
      property: 'properties.price',
      window: { kind: 'ever' },
      ...definition,
    },
    clock,
  );

const viewed = (at: number, price: Json = 1) => aTrack('Product Viewed', { price }, { at });

const fold = (
  aggregate: Aggregate,
  events: readonly SiteEvent[],
  from?: AggregateState,
): AggregateState | undefined =>
  events.reduce<AggregateState | undefined>(
    (state, event) => (aggregate.matches(event) ? aggregate.add(state, event) : state),
    from,
  );

const prices = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.constantFrom<Json>(
    0.1,
    0.2,
    -3.3333,
    '5',
    '0.00005',
    'x',
    true,
    false,
    null,
    [],
    'a'.repeat(201),
  ),
);
const history = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.integer({ min: 0, max: 4 * DAY_MS }),
        fc.integer({ min: 0, max: 30 }).map((minutes) => minutes * MINUTE_MS),
      ),
      prices,
      fc.boolean(),
    ),
    { maxLength: 160, size: 'max' },
  )
  .map((drawn) =>
    drawn.map(([ago, price, isOurs]) => ({ event: viewed(T0 - ago, price), isOurs })),
  );

describe.each(aggregateKinds)('%s', (kind) => {
  test.each(windows)('over $kind: two halves merged are the whole, in whatever order', (window) => {
    const aggregate = aggregateOf({ kind, window });
    fc.assert(
      fc.property(history, (drawn) => {
        const events = drawn.map(({ event }) => event);
        const whole = fold(aggregate, events);
        const backwards = fold(aggregate, events.toReversed());
        const ours = fold(
          aggregate,
          drawn.flatMap(({ event, isOurs }) => (isOurs ? [event] : [])),
        );
        const theirs = fold(
          aggregate,
          drawn.flatMap(({ event, isOurs }) => (isOurs ? [] : [event])),
        );
        const merge = (one: AggregateState | undefined, other: AggregateState | undefined) =>
          one === undefined || other === undefined
            ? (one ?? other)
            : mergeStates(one, other, aggregate.id);
        expect(backwards).toEqual(whole);
        expect(merge(ours, theirs)).toEqual(whole);
        expect(merge(theirs, ours)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test('three parts merge alike whichever two come first', () => {
    const aggregate = aggregateOf({ kind, window: { kind: 'last_hours', hours: 5 } });
    fc.assert(
      fc.property(history, history, history, (...parts) => {
        const [a, b, c] = parts.map((part) =>
          fold(
            aggregate,
            part.map(({ event }) => event),
          ),
        );
        if (a !== undefined && b !== undefined && c !== undefined) {
          const { id } = aggregate;
          expect(mergeStates(mergeStates(a, b, id), c, id)).toEqual(
            mergeStates(a, mergeStates(b, c, id), id),
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('states', () => {
  const state = (definition: Partial<AggregateDefinition>, ...events: readonly SiteEvent[]) =>
    fold(aggregateOf(definition), events);
  const days = { window: { kind: 'last_days', days: 3 } } as const;
  /** 2026-03-02 in Seoul. */
  const today = Date.UTC(2026, 2, 2) / DAY_MS;

  test('counts are kept by day of the shop’s calendar', () => {
    // 14:59 UTC is the last minute of a day in Seoul.
    const midnight = Date.UTC(2026, 2, 1, 15);
    expect(
      state({ kind: 'count', ...days }, viewed(midnight), viewed(midnight - 1), viewed(midnight)),
    ).toEqual([today - 1, 1, today, 2]);
  });

  test('what no window looks at any more is dropped', () => {
    expect(
      state(
        { kind: 'count', ...days },
        viewed(T0),
        viewed(T0 - 3 * DAY_MS),
        viewed(T0 - 4 * DAY_MS),
      ),
    ).toEqual([today - 3, 1, today, 1]);
  });

  test('sums are exact in ten-thousandths', () => {
    expect(state({ kind: 'sum' }, viewed(T0, 0.1), viewed(T0, '0.2'), viewed(T0, 19.9999))).toEqual(
      [0, 3, 202_999],
    );
    expect(state({ kind: 'sum' }, viewed(T0, 1e10 + 1), viewed(T0, '1e3'), viewed(T0, null))).toBe(
      undefined,
    );
    expect(state({ kind: 'min' }, viewed(T0, 2), viewed(T0, '-1.5'))).toEqual([0, -15_000]);
    expect(state({ kind: 'max' }, viewed(T0, 2), viewed(T0, '-1.5'))).toEqual([0, 20_000]);
  });

  test('distinct values keep the bucket they were last seen in; 20 and "20" are two', () => {
    expect(
      state(
        { kind: 'distinct', ...days },
        viewed(T0 - DAY_MS, 20),
        viewed(T0 - DAY_MS, '20'),
        viewed(T0, 20),
      ),
    ).toEqual([today - 1, '20', today, 20]);
    const many = Array.from({ length: 300 }, (_, value) => viewed(T0 + value, value));
    expect(state({ kind: 'distinct' }, ...many)).toHaveLength(200);
  });

  test('times and items keep the latest 50', () => {
    const many = Array.from({ length: 60 }, (_, step) => viewed(T0 + step, step));
    expect(state({ kind: 'times' }, ...many)).toEqual(
      Array.from({ length: 50 }, (_, step) => T0 + 10 + step),
    );
    const items = state({ kind: 'items' }, ...many) ?? [];
    expect(items).toHaveLength(150);
    expect([items[0], items[2]]).toEqual([T0 + 10, 10]);
  });

  test('of two at the same time the tie decides which is last', () => {
    const named = (messageId: string, price: string) => ({
      ...viewed(T0, price),
      messageId: messageId as SiteEvent['messageId'],
    });
    // murmurHash3_32: 'hello' 613153351, 'hello, world' 345750399.
    const [one, other] = [named('hello', 'a'), named('hello, world', 'b')];
    expect(state({ kind: 'last' }, one, other)).toEqual([T0, 613_153_351, 'a']);
    expect(state({ kind: 'first' }, one, other)).toEqual([T0, 345_750_399, 'b']);
  });

  test('an event that adds nothing leaves the very same state', () => {
    const many = Array.from({ length: 50 }, (_, step) => viewed(T0 + step, step));
    for (const kind of ['times', 'items', 'latest', 'distinct', 'last'] as const) {
      const aggregate = aggregateOf({ kind });
      const full = fold(aggregate, many);
      expect(fold(aggregate, [viewed(T0 - DAY_MS, 7)], full)).toBe(full);
    }
  });
});

test('equal definitions have one id, others have others', () => {
  const ids = [
    aggregateOf({}),
    aggregateOf({ kind: 'sum' }),
    aggregateOf({ property: 'properties.quantity' }),
    aggregateOf({ window: { kind: 'session' } }),
    aggregateOf({ event: { type: 'track' } }),
    aggregateOf({
      event: {
        type: 'track',
        name: 'Product Viewed',
        where: [{ path: 'properties.price', test: { op: 'gt', value: 1 } }],
      },
    }),
  ].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(aggregateOf({}).id).toBe(ids[0]);
});

test('aggregates are found under their ids, and merged one by one', () => {
  const [count, sum] = [aggregateOf({}), aggregateOf({ kind: 'sum' })];
  const write = (...entries: readonly (readonly [Aggregate, AggregateState])[]) => {
    const changed = new ChangedAggregates(noAggregates);
    for (const [{ id }, state] of entries) {
      changed.write(id, state);
    }
    return changed.done();
  };
  const left = write([count, [0, 1]], [sum, [0, 1, 5]]);
  const merged = mergeAggregates(left, write([count, [0, 2]]));
  expect(readAggregate(merged, count.id)).toEqual([0, 3]);
  expect(readAggregate(merged, sum.id)).toEqual([0, 1, 5]);
  // What was there before is as it was.
  expect(readAggregate(left, count.id)).toEqual([0, 1]);
  expect(mergeAggregates(left, noAggregates)).toBe(left);
});
