import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import type { SeededRandom } from '../../testing/seeded-random.ts';

export interface ShopHistoryOptions {
  readonly devices: number;
  /** Everything happens before; the visits crowd towards it. */
  readonly until: EpochMs;
}

/** How far back a visit began: so many of these, at most. */
const steps: readonly (readonly [number, number])[] = [
  [MINUTE_MS, 62],
  [10 * MINUTE_MS, 20],
  [HOUR_MS, 50],
  [DAY_MS, 9],
  [DAY_MS, 100],
  [7_777_777, 300],
];
const gaps = [0, 0, 1_000, MINUTE_MS, 10 * MINUTE_MS, 31 * MINUTE_MS, HOUR_MS, DAY_MS];

const zones = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Nowhere/Land', ''];
const texts = ['a', 'b', 'AB', 'a b', '한글', '', 'naver', 'Alpha'];
const dates = ['2026-03-02', '2026-03-01T12:00:00Z', '2026-02-30', '1990-03-04', '2024-02-29', 'x'];
const categories = ['men', 'men/shirts', 'Women > Tops', '', 'women'];

/**
 * Events of a made-up shop in the order in which they arrive: visits on several devices of people who
 * sign in here and there, events that come late, out of order or twice, servers that name no device,
 * bots, sessions that break, one order reported twice.
 */
export function writeShopHistory(random: SeededRandom, options: ShopHistoryOptions): SiteEvent[] {
  const arriving: { readonly event: SiteEvent; readonly at: number }[] = [];
  let count = 0;
  const send = (event: SiteEvent) => {
    // One in ten comes late, up to two days, and so after others that happened later.
    const delay = random.chance(0.1) ? random.between(0, 2 * DAY_MS) : 0;
    arriving.push({ event: { ...event, receivedAt: event.at + delay }, at: event.at + delay });
  };
  for (let device = 1; device <= options.devices; device += 1) {
    const visitor = someVisitor(random, device);
    for (let visits = random.between(1, 5); visits > 0; visits -= 1) {
      // On whole steps back from the end, so that the edges of windows and the limits of sequences are met.
      const [step, most] = random.pick(steps);
      let at = options.until - step * random.between(0, most);
      const arrival = someArrival(random);
      for (let events = random.between(1, 12); events > 0; events -= 1) {
        count += 1;
        const isFirst = events === 1;
        const event = someEvent(random, visitor, {
          at: Math.min(at, options.until),
          messageId: `m${count}` as MessageId,
          arrival: { ...arrival, by: isFirst ? arrival.by : 'nothing' },
        });
        send(event);
        if (random.chance(0.03)) {
          send(event);
        }
        at += random.pick(gaps);
      }
    }
  }
  return arriving.sort((one, other) => one.at - other.at).map(({ event }) => event);
}

interface Visitor {
  readonly anonymousId: string | undefined;
  readonly userId: string | undefined;
  readonly isBot: boolean;
  readonly zone: string;
  readonly device: SiteEvent['device'];
}

function someVisitor(random: SeededRandom, device: number): Visitor {
  const isNameless = random.chance(0.08);
  return {
    anonymousId: isNameless ? undefined : `device-${device}`,
    // Few users over many devices, so that people are merged.
    userId: isNameless || random.chance(0.5) ? `user-${random.between(1, 6)}` : undefined,
    isBot: random.chance(0.04),
    zone: random.pick(zones),
    device: {
      type: random.pick(['desktop', 'phone', 'tablet'] as const),
      os: random.pick(['iOS', 'Windows', '']),
      browser: random.pick(['Safari', 'Chrome']),
    },
  };
}

function someArrival(random: SeededRandom): SiteEvent['arrival'] {
  const channel = random.pick(['direct', 'organic_search', 'paid_search', 'referral'] as const);
  return {
    channel,
    source: random.pick(['naver', 'google', '']),
    medium: random.pick(['organic', 'cpc', '']),
    campaign: random.pick(['', 'spring']),
    content: random.pick(['', 'a b']),
    keyword: random.pick(['', 'shirt', '한글']),
    referrerHost: random.pick(['', 'search.naver.com']),
    clickIds: {},
    by: channel === 'direct' ? 'nothing' : 'address',
  };
}

function someEvent(
  random: SeededRandom,
  visitor: Visitor,
  given: Pick<SiteEvent, 'at' | 'messageId' | 'arrival'>,
): SiteEvent {
  const type = visitor.anonymousId === undefined ? 'track' : random.pick(types);
  const isPage = type === 'page' || type === 'screen';
  const name =
    type === 'track'
      ? random.pick([
          'Product Viewed',
          'Product Added',
          'Order Completed',
          'Cart Viewed',
          'Product Removed',
        ])
      : isPage
        ? random.pick(['Home', 'Product'])
        : '';
  const properties =
    type === 'track' || isPage ? someProperties(random, name, given.messageId) : {};
  const traits = type === 'identify' ? someTraits(random) : {};
  // People sign in with an identify, or are named by everything that a server says.
  const isNamed =
    visitor.userId !== undefined &&
    (visitor.anonymousId === undefined || (type === 'identify' && random.chance(0.6)));
  const context = someContext(random, visitor);
  return {
    ...given,
    type,
    name,
    anonymousId: visitor.anonymousId,
    userId: isNamed ? visitor.userId : undefined,
    previousId: undefined,
    receivedAt: given.at,
    properties,
    traits,
    page: isPage
      ? {
          url: 'https://shop.example/',
          path: random.pick(['/', '/p/1']),
          title: '',
          category: random.pick(['product', '', 'cart', 'AB']),
          name,
        }
      : undefined,
    device: visitor.device,
    locale: 'ko-KR',
    isBot: visitor.isBot,
    consent: 'unknown',
    isVerified: false,
    payload: {
      type,
      messageId: given.messageId,
      ...(type === 'identify' ? { traits } : { properties }),
      context,
    },
  };
}

const types = ['page', 'page', 'track', 'track', 'track', 'screen', 'identify'] as const;

function someContext(random: SeededRandom, { zone }: Visitor): JsonObject {
  return {
    ...(zone === '' || random.chance(0.3) ? {} : { timezone: zone }),
    ...(random.chance(0.5)
      ? { location: { country: random.pick(['KR', 'US']), city: random.pick(['Seoul', '']) } }
      : {}),
  };
}

function someProperties(random: SeededRandom, name: string, id: string): JsonObject {
  const price = random.pick<JsonObject[string]>([0, 1, 2, 3, 10, 0.5, '10', '12.345678', -1, 'x']);
  return {
    ...(random.chance(0.8) ? { price } : {}),
    product_id: random.pick(['p1', 'p2', 'p3']),
    category: random.pick(categories),
    brand: random.pick(['acme', '라운드랩', '']),
    ...(random.chance(0.4)
      ? { tags: random.pick<JsonObject[string]>([['a', 'b'], [], 'a', [1, 'AB', true], null]) }
      : {}),
    ...(random.chance(0.3) ? { since: random.pick([...dates, ...texts]) } : {}),
    ...(random.chance(0.5) ? { currency: random.pick(['KRW', 'USD']) } : {}),
    ...(name === 'Order Completed'
      ? { order_id: random.chance(0.2) ? 'the-same' : id, total: 7 }
      : {}),
  };
}

function someTraits(random: SeededRandom): JsonObject {
  const traits: Record<string, JsonObject[string]> = {};
  if (random.chance(0.7)) {
    traits.grade = random.pick<JsonObject[string]>([...texts, 1, 2, true, null, ['a', 'b']]);
  }
  if (random.chance(0.6)) {
    traits.birthday = random.pick(dates);
  }
  if (random.chance(0.5)) {
    traits.age = random.pick<JsonObject[string]>([0, 1, 2, 3, 10, '3']);
  }
  if (random.chance(0.5)) {
    traits.app_version = random.pick(['1', '1.4', '1.4.2', 'v2.0-beta', '2.0.0', 'x', '1.4.2.1']);
  }
  if (random.chance(0.4)) {
    traits.email = random.pick(['a@example.com', ' B@example.com ', 'c@example.com']);
  }
  return traits;
}
