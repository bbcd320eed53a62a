import type { Condition } from '@tenth/model/condition.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { EventMatch } from '@tenth/model/event-match.ts';
import type { Json } from '@tenth/model/json.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import type { Profile, Scalar } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import type { Window } from '@tenth/model/window.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scalarOf, stepsOf } from '../aggregate/event-value.ts';
import { applyEvent } from '../apply.ts';
import { localDay } from '../local-time.ts';
import { murmur3 } from '../murmur3.ts';
import { compileConditionAlone, compilePlan, type ListsOfMembers } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import { anEvent, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { arbitraryLeaf } from '../testing/condition-arbitrary.ts';
import { aDefinition } from '../testing/definitions.ts';
import { arbitraryHistory } from '../testing/history-arbitrary.ts';
import { compileEventMatch, readEvent } from './event-match.ts';
import { personMoment } from './moment.ts';

const ZONE = 'Asia/Seoul';

/** The person after some events, by a plan that has this condition. */
function live(condition: Condition, events: readonly SiteEvent[], lists?: ListsOfMembers) {
  const definition = aDefinition([condition], ZONE);
  const plan = compilePlan(definition, lists);
  const profile = events.reduce<Profile>(
    (before, event) => applyEvent(before, event, plan, event.at).profile,
    newProfile(aProfileId(), T0),
  );
  const segment = plan.segments.find(({ id }) => id === 's0');
  if (segment === undefined) {
    throw new Error('the segment is in the plan');
  }
  return { profile, condition: segment.condition };
}

function holds(
  condition: Condition,
  events: readonly SiteEvent[],
  now: EpochMs = T0,
  lists?: ListsOfMembers,
): boolean {
  const { profile, condition: compiled } = live(condition, events, lists);
  return compiled.holds(personMoment(profile, now));
}

/** The value that a leaf sees; null where there is none. */
function seen(condition: Condition, events: readonly SiteEvent[], now: EpochMs = T0): Json {
  const { profile, condition: compiled } = live(condition, events);
  return compiled.explain(personMoment(profile, now))?.saw ?? null;
}

/** Fails for every figure there is, so that the trace says which it is. */
const never = { op: 'gt', value: 1e15 } as const;
const figure = (measure: NumberMeasure, events: readonly SiteEvent[], now: EpochMs = T0): Json =>
  seen({ ...measure, test: never }, events, now);

const view = (ago: number, properties: SiteEvent['properties'] = {}, given = {}) =>
  aTrack('Product Viewed', properties, { at: T0 - ago, ...given });
const buy = (ago: number, properties: SiteEvent['properties'] = {}) =>
  aTrack('Order Completed', properties, { at: T0 - ago });
const page = (ago: number, given: Partial<SiteEvent> = {}) => anEvent({ at: T0 - ago, ...given });

const viewed: EventMatch = { type: 'track', name: 'Product Viewed' };
const bought: EventMatch = { type: 'track', name: 'Order Completed' };

/* The rules once more, the slow and plain way, over the whole history. */

interface Taken {
  readonly at: EpochMs;
  readonly tie: number;
  readonly json: string;
  readonly value: Scalar;
}

const inOrder = (left: Taken, right: Taken) =>
  left.at - right.at || left.tie - right.tie || (left.json < right.json ? -1 : 1);

class Recount {
  readonly #events: readonly SiteEvent[];
  readonly #now: EpochMs;
  readonly #profile: Profile;

  constructor(events: readonly SiteEvent[], profile: Profile, now: EpochMs) {
    this.#events = events;
    this.#profile = profile;
    this.#now = now;
  }

  times(match: EventMatch): readonly EpochMs[] {
    return this.#matching(match)
      .map(({ at }) => at)
      .sort((left, right) => left - right);
  }

  #matching(match: EventMatch): readonly SiteEvent[] {
    return this.#events.filter(compileEventMatch(match));
  }

  #isIn(window: Window): (event: { readonly at: EpochMs }) => boolean {
    const within = (bucketOf: (at: EpochMs) => number, back: number) => (event: { at: EpochMs }) =>
      bucketOf(event.at) <= bucketOf(this.#now) && bucketOf(event.at) >= bucketOf(this.#now) - back;
    switch (window.kind) {
      case 'ever':
      case 'session':
        return () => true;
      case 'last_minutes':
        return within((at) => Math.floor(at / MINUTE_MS), window.minutes);
      case 'last_hours':
        return within((at) => Math.floor(at / HOUR_MS), window.hours);
      case 'last_days':
        return within((at) => localDay(at, ZONE), window.days);
      case 'between':
        return ({ at }) => at >= Date.parse(window.from) && at < Date.parse(window.to);
      case 'since_event': {
        const since = this.times(window.event).at(-1) ?? Number.POSITIVE_INFINITY;
        return ({ at }) => at > since;
      }
    }
  }

  /** Of one device, whose session lies where the profile says. */
  #ofSession(window: Window, events: readonly SiteEvent[]): readonly SiteEvent[] {
    const start = this.#profile.devices[0]?.session.startedAt ?? 0;
    return window.kind === 'session' ? events.filter(({ at }) => at >= start) : events;
  }

  count(match: EventMatch, window: Window): number {
    const events = this.#ofSession(window, this.#matching(match));
    const kept = window.kind === 'since_event' ? latest50(events) : events;
    return kept.filter(this.#isIn(window)).length;
  }

  items(
    match: EventMatch,
    property: string,
    window: Window,
    read: (value: Json | undefined) => Scalar | undefined,
    isBounded: boolean,
  ): readonly Taken[] {
    const all = this.#ofSession(window, this.#matching(match))
      .flatMap((event) => {
        const value = read(readEvent(event, property));
        return value === undefined
          ? []
          : [
              {
                at: event.at,
                tie: murmur3(event.messageId),
                json: JSON.stringify(value),
                value,
              },
            ];
      })
      .filter(window.kind === 'between' ? this.#isIn(window) : () => true)
      .sort(inOrder);
    return (isBounded ? all.slice(-50) : all).filter(this.#isIn(window));
  }

  activeDays(match: EventMatch, days: number): number {
    const today = localDay(this.#now, ZONE);
    return new Set(
      this.times(match)
        .map((at) => localDay(at, ZONE))
        .filter((day) => day <= today && day > today - days),
    ).size;
  }
}

const latest50 = (events: readonly SiteEvent[]) =>
  [...events].sort((left, right) => left.at - right.at).slice(-50);

function expected(
  leaf: Exclude<Condition, { of: unknown }>,
  recount: Recount,
): Json | undefined | 'not recounted' {
  switch (leaf.kind) {
    case 'event_count':
      return recount.count(leaf.event, leaf.window);
    case 'active_days':
      return recount.activeDays(leaf.event, leaf.days);
    case 'event_number': {
      const isBounded = leaf.window.kind === 'since_event';
      if (leaf.measure === 'distinct') {
        const items = recount.items(leaf.event, leaf.property, leaf.window, scalarOf, isBounded);
        return Math.min(100, new Set(items.map(({ json }) => json)).size);
      }
      const steps = recount
        .items(leaf.event, leaf.property, leaf.window, stepsOf, isBounded)
        .map(({ value }) => Number(value));
      const sum = steps.reduce((total, one) => total + one, 0);
      switch (leaf.measure) {
        case 'sum':
          return sum / 10_000;
        case 'mean':
          return steps.length === 0 ? undefined : sum / steps.length / 10_000;
        case 'min':
          return steps.length === 0 ? undefined : Math.min(...steps) / 10_000;
        case 'max':
          return steps.length === 0 ? undefined : Math.max(...steps) / 10_000;
      }
      return 'not recounted';
    }
    case 'event_value': {
      const { kind } = leaf.window;
      const isWhole = kind === 'ever' || kind === 'session' || kind === 'between';
      const isBounded = leaf.measure !== 'first' || !isWhole;
      const items = recount.items(leaf.event, leaf.property, leaf.window, scalarOf, isBounded);
      if (leaf.measure === 'first') {
        return items[0]?.value;
      }
      if (leaf.measure === 'last') {
        const all = recount.items(leaf.event, leaf.property, { kind: 'ever' }, scalarOf, false);
        // The latest of all, where it lies in the window.
        const isSliding = kind.startsWith('last_');
        const last = items.at(-1);
        return isSliding && last?.at !== all.at(-1)?.at ? undefined : last?.value;
      }
      const counts = new Map<string, number>();
      for (const { json } of items) {
        counts.set(json, (counts.get(json) ?? 0) + 1);
      }
      const most = Math.max(0, ...counts.values());
      return items.findLast(({ json }) => counts.get(json) === most)?.value;
    }
    default:
      return 'not recounted';
  }
}

test('what is aggregated is what counting the whole history gives', { timeout: 90_000 }, () => {
  fc.assert(
    fc.property(
      arbitraryLeaf({ now: T0 }).filter(
        ({ kind }) =>
          kind === 'event_count' ||
          kind === 'event_number' ||
          kind === 'event_value' ||
          kind === 'active_days',
      ),
      arbitraryHistory({ until: T0, devices: ['phone'], maxEvents: 80 }),
      fc.constantFrom(0, MINUTE_MS, 5 * HOUR_MS, 2 * DAY_MS),
      (leaf, events, later) => {
        const now = T0 + later;
        const { profile } = live(leaf, events);
        const wanted = expected(leaf, new Recount(events, profile, now));
        expect(wanted).not.toBe('not recounted');
        // Seen through a condition that fails whatever the value is.
        const unmet = {
          ...leaf,
          test: leaf.kind === 'event_value' ? { op: 'is', value: '-' } : never,
        };
        expect(seen(unmet as Condition, events, now)).toEqual(wanted ?? null);
      },
    ),
    { numRuns: 1_500 },
  );
});

describe('windows', () => {
  const count = (window: Window, events: readonly SiteEvent[], now = T0) =>
    figure({ kind: 'event_count', event: viewed, window }, events, now);

  test('a day is one of the shop’s calendar', () => {
    // 10:00 in Seoul: the day began 10 hours ago.
    const events = [view(35 * HOUR_MS), view(11 * HOUR_MS), view(9 * HOUR_MS)];
    expect(count({ kind: 'last_days', days: 1 }, events)).toBe(2);
  });

  test('from and to: from is in, to is not', () => {
    const between = {
      kind: 'between',
      from: new Date(T0 - HOUR_MS).toISOString(),
      to: new Date(T0).toISOString(),
    } as const;
    expect(count(between, [view(HOUR_MS + 1), view(HOUR_MS), view(1), view(0)])).toBe(2);
  });

  test('what is ahead of now counts only when it has come', () => {
    const window = { kind: 'last_minutes', minutes: 10 } as const;
    const events = [view(0), view(-5 * MINUTE_MS)];
    expect(count(window, events)).toBe(1);
    const counted = {
      kind: 'event_count',
      event: viewed,
      window,
      test: { op: 'gte', value: 2 },
    } as const;
    const { profile, condition } = live(counted, events);
    expect(condition.nextChange(personMoment(profile, T0))).toBe(T0 + 5 * MINUTE_MS);
    expect(condition.holds(personMoment(profile, T0 + 5 * MINUTE_MS))).toBe(true);
  });

  test('since another event: strictly after its last time, and up to 50', () => {
    const since = { kind: 'since_event', event: bought } as const;
    expect(count(since, [view(0)])).toBe(0);
    expect(count(since, [view(3), buy(2), view(2), view(1), view(0)])).toBe(2);
    expect(count(since, [buy(100), ...Array.from({ length: 60 }, (_, at) => view(at))])).toBe(50);
  });

  test('a visit’s own begins anew with each visit', () => {
    expect(count({ kind: 'session' }, [view(2 * HOUR_MS), view(5), view(0)])).toBe(2);
  });
});

describe('figures', () => {
  const of = (measure: 'distinct' | 'sum' | 'mean' | 'min' | 'max', ...values: readonly Json[]) =>
    figure(
      {
        kind: 'event_number',
        event: viewed,
        property: 'properties.price',
        measure,
        window: { kind: 'ever' },
      },
      values.map((price, index) => view(index, { price })),
    );

  test('of amounts, to four decimals, texts of digits included', () => {
    expect(of('sum', 0.1, 0.2, '0.3')).toBe(0.6);
    expect(of('mean', 1, 2, 'x', null)).toBe(1.5);
    expect(of('min', 5, '-1.25')).toBe(-1.25);
    expect(of('max', 5, 1e11)).toBe(5);
  });

  test('of nothing: a sum and a count are 0, the others missing', () => {
    expect(of('sum')).toBe(0);
    expect(of('distinct', null)).toBe(0);
    expect(of('mean', 'x')).toBeNull();
    expect(of('min')).toBeNull();
  });

  test('distinct values are told apart by their JSON, up to 100', () => {
    expect(of('distinct', 1, '1', true, 'true', 1, null, ['a'])).toBe(4);
    expect(of('distinct', ...Array.from({ length: 130 }, (_, value) => value))).toBe(100);
  });

  test('days since the last time, with fractions', () => {
    const recency = { kind: 'recency', event: viewed } as const;
    expect(figure(recency, [view(3 * DAY_MS), view(36 * HOUR_MS)])).toBe(1.5);
    expect(figure(recency, [])).toBeNull();
  });

  test('a funnel counts the steps gone, each strictly after the one before', () => {
    const funnel = {
      kind: 'funnel',
      steps: [viewed, { type: 'page' }, bought],
      withinMinutes: 10,
    } as const satisfies NumberMeasure;
    const min = MINUTE_MS;
    expect(figure(funnel, [page(3 * min), buy(2 * min)])).toBe(0);
    expect(figure(funnel, [view(5 * min), buy(4 * min), page(3 * min)])).toBe(2);
    expect(figure(funnel, [view(12 * min), view(10 * min), page(3 * min), buy(0)])).toBe(3);
    expect(figure(funnel, [view(11 * min), page(3 * min), buy(0)])).toBe(2);
    expect(figure(funnel, [view(3), page(3), buy(2)])).toBe(1);
  });

  test('the hour and the weekday are those where the person is', () => {
    const inNewYork = page(0, { payload: { context: { timezone: 'America/New_York' } } });
    const lost = page(0, { payload: { context: { timezone: 'Nowhere' } } });
    // Monday 10:00 in Seoul is Sunday 20:00 in New York.
    expect(figure({ kind: 'local_hour' }, [page(0)])).toBe(10);
    expect(figure({ kind: 'local_weekday' }, [lost])).toBe(1);
    expect(figure({ kind: 'local_hour' }, [inNewYork])).toBe(20);
    expect(figure({ kind: 'local_weekday' }, [inNewYork])).toBe(7);
  });

  test('orders in the shop’s currency unless said otherwise', () => {
    const total = { kind: 'orders', measure: 'total' } as const;
    const events = [
      buy(2, { order_id: 'o1', total: 19.99, currency: 'USD' }),
      buy(1, { order_id: 'o2', total: 3_000 }),
    ];
    expect(figure(total, events)).toBe(3_000);
    expect(figure({ ...total, currency: 'USD' }, events)).toBe(19.99);
    expect(figure({ ...total, currency: 'EUR' }, events)).toBe(0);
  });

  test('interest is told in millionths', () => {
    const affinity = { kind: 'affinity', dimension: 'category', key: 'Men' } as const;
    const events = [
      view(2, { category: 'men' }),
      view(1, { category: 'x' }),
      view(0, { category: 'y' }),
    ];
    expect(figure({ ...affinity, measure: 'share' }, events)).toBe(0.333333);
    expect(figure({ ...affinity, measure: 'score' }, events, T0 + 30 * DAY_MS)).toBe(0.5);
    expect(figure({ ...affinity, key: 'constructor', measure: 'score' }, events)).toBe(0);
  });
});

describe('sequences', () => {
  const sequence = {
    kind: 'sequence',
    first: viewed,
    // biome-ignore lint/suspicious/noThenProperty: the word people use; nothing awaits a condition
    then: bought,
    withinMinutes: 10,
    without: { type: 'page' },
  } as const satisfies Condition;
  const min = MINUTE_MS;

  test.each([
    ['one after the other', [view(5 * min), buy(0)], true],
    ['at the same time', [view(0), buy(0)], false],
    ['too late', [view(11 * min), buy(0)], false],
    ['with a page in between', [view(5 * min), page(3 * min), buy(0)], false],
    ['with a page at the same time', [view(5 * min), page(5 * min), page(0), buy(0)], true],
    ['again after the page', [view(5 * min), page(3 * min), view(2 * min), buy(0)], true],
    ['the other way round', [buy(5 * min), view(0)], false],
  ])('%s', (_, events, isExpected) => {
    expect(holds(sequence, events)).toBe(isExpected);
  });
});

describe('a person without an event in hand', () => {
  test('is looked at on the device that was active last', () => {
    const cart = { kind: 'cart_quantity', test: { op: 'gte', value: 1 } } as const;
    const add = aTrack('Product Added', { product_id: 'p1' }, { at: T0 - 5, anonymousId: 'a' });
    expect(holds(cart, [add])).toBe(true);
    expect(holds(cart, [add, page(0, { anonymousId: 'b' })])).toBe(false);
    expect(holds(cart, [add, page(5, { anonymousId: 'b' })])).toBe(false);
  });

  test('has no session facts without a device', () => {
    const moment = personMoment(newProfile(aProfileId(), T0), T0);
    const compiled = (condition: Condition) =>
      compileConditionAlone(condition, aDefinition(), 'draft').condition;
    expect(
      compiled({ kind: 'session', field: 'channel', test: { op: 'exists' } }).holds(moment),
    ).toBe(false);
    expect(compiled({ kind: 'channel_in', channels: ['direct'] }).holds(moment)).toBe(false);
    expect(compiled({ kind: 'visitor', is: 'new' }).holds(moment)).toBe(true);
    expect(compiled({ kind: 'cart_quantity', test: { op: 'is', value: 0 } }).holds(moment)).toBe(
      true,
    );
  });
});

describe('where the person is', () => {
  const located = (location: Json, timezone: Json) => ({
    payload: { context: { location, timezone } },
  });

  test('the first event that says so stands, and later ones fill what is empty', () => {
    const { profile } = live({ kind: 'all', of: [] }, [
      page(5, located({ country: 'KR', city: 7 }, '')),
      page(4, located({ country: 'US', city: 'Seoul', region: 'x'.repeat(120) }, 'Asia/Seoul')),
      page(3, located(null, 'UTC')),
    ]);
    expect(profile.devices[0]?.session).toMatchObject({
      country: 'KR',
      city: 'Seoul',
      region: 'x'.repeat(100),
      timeZone: 'Asia/Seoul',
    });
  });

  test('is asked as a fact of the session', () => {
    const inKorea = { kind: 'session', field: 'country', test: { op: 'is', value: 'kr' } } as const;
    expect(holds(inKorea, [page(1), page(0, located({ country: 'KR' }, ''))])).toBe(true);
    expect(holds(inKorea, [page(HOUR_MS, located({ country: 'KR' }, '')), page(0)])).toBe(false);
  });
});

describe('variables', () => {
  const at = (level: string, variableId = 'spending') =>
    ({ kind: 'variable', variableId, levels: [level] }) as Condition;

  test('thresholds reach up to below their figures', () => {
    const prices = (...of: readonly number[]) => of.map((price, index) => view(index, { price }));
    expect(holds(at('low'), prices(1.5))).toBe(true);
    expect(holds(at('mid'), prices(2))).toBe(true);
    expect(holds(at('high'), prices(2, 10.5))).toBe(true);
  });

  test('nobody of whom the figure is unknown has a level', () => {
    for (const level of ['cold', 'warm']) {
      expect(holds(at(level, 'warmth'), [page(0)])).toBe(false);
    }
    expect(holds(at('cold', 'warmth'), [view(0, { category: 'men' })])).toBe(true);
  });

  test('quantiles have no levels before they are worked out', () => {
    const definition = planDefinition.parse({
      version: 1,
      settings: { name: 'Shop' },
      segments: [],
      campaigns: [],
      variables: [
        {
          id: 'v',
          name: { en: 'V' },
          levelling: {
            kind: 'quantiles',
            of: { kind: 'sessions' },
            levels: [
              { id: 'few', name: { en: 'Few' }, share: 0.5 },
              { id: 'many', name: { en: 'Many' }, share: 0.5 },
            ],
          },
        },
      ],
    });
    const plan = compilePlan(definition);
    const { profile } = applyEvent(newProfile(aProfileId(), T0), page(0), plan, T0);
    const [variable] = plan.variables.values();
    expect(variable?.levelOf(personMoment(profile, T0))).toBeUndefined();
  });

  test('of rules the first that holds decides', () => {
    expect(holds(at('visitor', 'kind'), [page(0)])).toBe(true);
    expect(holds(at('buyer', 'kind'), [page(0), page(DAY_MS), buy(5)])).toBe(true);
    expect(holds(at('regular', 'kind'), [page(DAY_MS), page(0)])).toBe(true);
  });
});

describe('inferred attributes', () => {
  const confidences = (events: readonly SiteEvent[], now = T0) => {
    const plan = compilePlan(aDefinition());
    const profile = events.reduce<Profile>(
      (before, event) => applyEvent(before, event, plan, event.at).profile,
      newProfile(aProfileId(), T0),
    );
    const [attribute] = plan.attributes.values();
    return Object.fromEntries(attribute?.confidenceOf(personMoment(profile, now)) ?? []);
  };

  test('are the priors where nothing is known', () => {
    expect(confidences([page(0)])).toEqual({ male: 0.4444, female: 0.5556 });
  });

  test('follow the interest by naive Bayes', () => {
    // 0.4 * 0.6^2 against 0.5 * 0.2^2: of one view now and one 30 days ago, 1.5 views.
    const male = 0.4 * 0.6 ** 1.5;
    const female = 0.5 * 0.2 ** 1.5;
    const found = confidences([
      view(30 * DAY_MS, { category: 'men' }),
      view(0, { category: 'men' }),
    ]);
    expect(found['male']).toBeCloseTo(male / (male + female), 4);
  });

  test('take a likelihood that is not given for half of even', () => {
    const [male, female] = [0.4 * 0.25, 0.5 * 0.3];
    const found = confidences([view(0, { brand: '라운드랩' })]);
    expect(found['female']).toBeCloseTo(female / (male + female), 4);
  });

  test('are what a rule says where one holds', () => {
    const said = anEvent({ type: 'identify', traits: { grade: 'a b' }, at: T0 });
    expect(confidences([view(1, { category: 'men' }), said])).toEqual({
      male: 0.05,
      female: 0.95,
    });
  });
});

describe('lists', () => {
  const lists = new Map([['by-email', new Set(['a@example.com'])]]);
  const said = (email: Json) => anEvent({ type: 'identify', traits: { email }, at: T0 });

  test.each<readonly [Json, boolean]>([
    ['a@example.com', true],
    ['  A@Example.COM ', true],
    ['b@example.com', false],
    [3, false],
  ])('e-mail %j', (email, isIn) => {
    const condition = { kind: 'list', listId: 'by-email', is: true } as Condition;
    expect(holds(condition, [said(email)], T0, lists)).toBe(isIn);
    expect(holds({ ...condition, is: false } as Condition, [said(email)], T0, lists)).toBe(!isIn);
  });

  test('whose members are not at hand have none', () => {
    const condition = { kind: 'list', listId: 'by-email', is: true } as Condition;
    expect(holds(condition, [said('a@example.com')])).toBe(false);
  });
});

test('a share of all people is the same for one person whatever happens', () => {
  const share = (from: number, to: number) =>
    ({ kind: 'random_share', seed: 'spring', from, to }) as const satisfies Condition;
  const plan = compilePlan(aDefinition([share(0, 0.25), share(0.25, 1), share(0, 1)]));
  const counts = [0, 0, 0];
  for (let person = 0; person < 2_000; person += 1) {
    const id = String(person).padStart(26, '0') as Profile['id'];
    const { profile } = applyEvent(newProfile(id, T0), page(0), plan, T0);
    for (const { segmentId } of profile.segments) {
      const index = Number(segmentId.slice(1));
      counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  expect(counts[2]).toBe(2_000);
  expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(2_000);
  expect(counts[0]).toBeGreaterThan(430);
  expect(counts[0]).toBeLessThan(570);
});
