import { unreachable } from '@tenth/model/brand.ts';
import type { LeafCondition, SessionField } from '@tenth/model/condition.ts';
import type { Json } from '@tenth/model/json.ts';
import { fromMinor } from '@tenth/model/money.ts';
import type { CartItem, Session } from '@tenth/model/profile.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { type Aggregate, readCounter } from '../plan/aggregate.ts';
import { sessionsSeenFrom } from '../profile.ts';
import { affinityScore, affinityShare } from '../reduce/affinity.ts';
import { cartQuantity, cartTotalMinor } from '../reduce/cart.ts';
import { orderCount, orderTotals } from '../reduce/orders.ts';
import { compileFilters, describeFilters, describeMatch } from './event-match.ts';
import type { Moment } from './moment.ts';
import { compileTest, describeTest, type ValueTest } from './value-test.ts';

/** A leaf condition as a value to read and a test of it. */
export interface Leaf {
  readonly read: (moment: Moment) => Json | undefined;
  readonly passes: ValueTest;
  /** The condition in short, for traces. */
  readonly text: string;
}

export type PlainLeaf = Exclude<LeafCondition, { kind: 'segment' }>;

const isTrue: ValueTest = (value) => value === true;

/** Compiles a leaf; `aggregateOf` files the counts it needs with the plan. */
export function compileLeaf(
  condition: PlainLeaf,
  aggregateOf: (condition: Extract<PlainLeaf, { kind: 'event_count' }>) => Aggregate,
): Leaf {
  switch (condition.kind) {
    case 'event': {
      const passes = compileFilters(condition.filters);
      return claim(`event ${describeFilters(condition.filters)}`, ({ event }) => passes(event));
    }
    case 'trait':
      return valued(
        `trait ${condition.name}`,
        condition.test,
        ({ profile }) => profile.traits[condition.name]?.value,
      );
    case 'event_count': {
      const aggregate = aggregateOf(condition);
      return valued(
        `count of ${describeMatch(condition.event)} (${condition.window.kind})`,
        condition.test,
        ({ profile, device, now }) =>
          aggregate.window.kind === 'session'
            ? (device.session.counts[aggregate.id] ?? 0)
            : readCounter(profile.counters[aggregate.id], aggregate, now),
      );
    }
    case 'cart_total':
      return valued(`cart total ${condition.currency}`, condition.test, ({ device }) =>
        device.cart.currency === condition.currency
          ? fromMinor(cartTotalMinor(device.cart), condition.currency)
          : undefined,
      );
    case 'cart_quantity':
      return valued('cart quantity', condition.test, ({ device }) => cartQuantity(device.cart));
    case 'cart_product':
      return valued(`product in the cart: ${condition.field}`, condition.test, ({ device }) =>
        Object.entries(device.cart.items).map(([id, item]) => cartField(id, item, condition.field)),
      );
    case 'session':
      return valued(`session ${condition.field}`, condition.test, ({ device }) =>
        sessionValue(device.session, condition.field),
      );
    case 'session_pages':
      return valued('pages of the session', condition.test, ({ device }) => device.session.pages);
    case 'sessions':
      return valued('sessions', condition.test, ({ profile, deviceKey }) =>
        sessionsSeenFrom(profile, deviceKey),
      );
    case 'visitor':
      return claim(
        `visitor is ${condition.is}`,
        ({ profile, deviceKey }) =>
          sessionsSeenFrom(profile, deviceKey) <= 1 === (condition.is === 'new'),
      );
    case 'member':
      return claim(
        condition.is ? 'is a member' : 'is no member',
        ({ profile }) => (profile.userId !== undefined) === condition.is,
      );
    case 'affinity': {
      const key = condition.key.toLowerCase();
      return valued(
        `affinity ${condition.measure} of ${condition.dimension} ${key}`,
        condition.test,
        ({ profile, now }) =>
          condition.measure === 'share'
            ? affinityShare(profile.affinities, condition.dimension, key)
            : affinityScore(profile.affinities, condition.dimension, key, now),
      );
    }
    case 'orders':
      return valued(`orders ${condition.measure}`, condition.test, (moment) =>
        ordersValue(condition, moment),
      );
    case 'channel_in': {
      const channels = new Set<Json | undefined>(condition.channels);
      return {
        read: ({ device }) => device.session.channel,
        passes: (value) => channels.has(value),
        text: `session channel in ${condition.channels.join(', ')}`,
      };
    }
    case 'device_in': {
      const devices = new Set<Json | undefined>(condition.devices);
      return {
        read: ({ device }) => device.session.device,
        passes: (value) => devices.has(value),
        text: `session device in ${condition.devices.join(', ')}`,
      };
    }
    default:
      return unreachable(condition);
  }
}

function valued(
  name: string,
  test: Parameters<typeof compileTest>[0],
  read: (moment: Moment) => Json | undefined,
): Leaf {
  return { read, passes: compileTest(test), text: `${name} ${describeTest(test)}` };
}

function claim(text: string, holds: (moment: Moment) => boolean): Leaf {
  return { read: holds, passes: isTrue, text };
}

function sessionValue(session: Session, field: SessionField): string {
  switch (field) {
    case 'referrer_host':
      return session.referrerHost;
    case 'landing_path':
      return session.landingPath;
    case 'landing_category':
      return session.landingCategory;
    default:
      return session[field];
  }
}

function cartField(id: string, item: CartItem, field: 'product_id' | keyof CartItem): Json {
  return field === 'product_id' ? id : item[field];
}

function ordersValue(
  condition: Extract<PlainLeaf, { kind: 'orders' }>,
  { profile, now }: Moment,
): number | undefined {
  const { orders } = profile;
  switch (condition.measure) {
    case 'count':
      return orderCount(orders);
    case 'total': {
      const totals = orderTotals(orders);
      const currency = condition.currency ?? Object.keys(totals)[0];
      return currency === undefined ? 0 : fromMinor(totals[currency] ?? 0, currency);
    }
    case 'days_since_last':
      return orders.lastAt === undefined ? undefined : (now - orders.lastAt) / DAY_MS;
    default:
      return unreachable(condition.measure);
  }
}
