import { commerce, type SiteEvent } from '@tenth/model/event.ts';
import { isJsonObject, type JsonObject } from '@tenth/model/json.ts';
import { readCurrency, toMinor } from '@tenth/model/money.ts';
import type { Order, Orders } from '@tenth/model/profile.ts';
import { number, quantityOf, text } from './cart.ts';

/** Orders remembered by id, so that one reported twice counts once; older ones are only summed. */
const MOST_RECENT = 32;
/** Of older orders, in alphabetical order: whoever pays in more currencies makes them up. */
const MOST_CURRENCIES = 16;

/** Adds the order that an `Order Completed` reports, unless its order_id is known; its time is its earliest report's. */
export function reduceOrders(orders: Orders, event: SiteEvent, defaultCurrency: string): Orders {
  if (event.type !== 'track' || event.name !== commerce.orderCompleted) {
    return orders;
  }
  const { properties } = event;
  const id = text(properties['order_id']) || text(properties['orderId']) || event.messageId;
  const known = Object.hasOwn(orders.recent, id) ? orders.recent[id] : undefined;
  if (id === '__proto__' || (known !== undefined && known.at <= event.at)) {
    return orders;
  }
  if (known !== undefined) {
    const recent = { ...orders.recent, [id]: { ...known, at: event.at } };
    return {
      ...orders,
      recent,
      firstAt: Math.min(orders.firstAt ?? event.at, event.at),
      lastAt: latestOf(recent),
    };
  }
  const currency = readCurrency(properties['currency']) ?? defaultCurrency;
  const products = productsOf(properties);
  const order: Order = {
    at: event.at,
    currency,
    totalMinor: toMinor(orderTotal(properties, products), currency),
    products: products.reduce((sum, product) => sum + quantityOf(product), 0),
  };
  return bounded({
    recent: { ...orders.recent, [id]: order },
    older: orders.older,
    firstAt: Math.min(orders.firstAt ?? event.at, event.at),
    lastAt: Math.max(orders.lastAt ?? event.at, event.at),
  });
}

export function mergeOrders(left: Orders, right: Orders): Orders {
  const totals: Record<string, number> = { ...left.older.totals };
  for (const [currency, total] of Object.entries(right.older.totals)) {
    totals[currency] = (totals[currency] ?? 0) + total;
  }
  const older = { count: left.older.count + right.older.count, totals: boundedTotals(totals) };
  const recent = { ...right.recent, ...left.recent };
  for (const [id, { at }] of Object.entries(right.recent)) {
    const standing = recent[id];
    if (standing !== undefined && at < standing.at) {
      recent[id] = { ...standing, at };
    }
  }
  return bounded({
    recent,
    older,
    firstAt: earliest(left.firstAt, right.firstAt),
    // Not the later of both: an order that both have may have been reported to one of them later.
    lastAt: latestOf(recent),
  });
}

export function orderCount(orders: Orders): number {
  return orders.older.count + Object.keys(orders.recent).length;
}

/** Minor units by currency. */
export function orderTotals(orders: Orders): Readonly<Record<string, number>> {
  const totals: Record<string, number> = { ...orders.older.totals };
  for (const { currency, totalMinor } of Object.values(orders.recent)) {
    totals[currency] = (totals[currency] ?? 0) + totalMinor;
  }
  return totals;
}

function bounded(orders: Orders): Orders {
  const ids = Object.keys(orders.recent);
  if (ids.length <= MOST_RECENT) {
    return orders;
  }
  const byTime = Object.entries(orders.recent).sort(
    ([leftId, left], [rightId, right]) => right.at - left.at || (leftId < rightId ? -1 : 1),
  );
  const totals: Record<string, number> = { ...orders.older.totals };
  for (const [, { currency, totalMinor }] of byTime.slice(MOST_RECENT)) {
    totals[currency] = (totals[currency] ?? 0) + totalMinor;
  }
  return {
    ...orders,
    recent: Object.fromEntries(byTime.slice(0, MOST_RECENT)),
    older: {
      count: orders.older.count + byTime.length - MOST_RECENT,
      totals: boundedTotals(totals),
    },
  };
}

/** The same ones stay whatever the order in which histories are put together. */
function boundedTotals(totals: Orders['older']['totals']): Orders['older']['totals'] {
  const currencies = Object.keys(totals);
  return currencies.length <= MOST_CURRENCIES
    ? totals
    : Object.fromEntries(
        Object.entries(totals)
          .sort(([left], [right]) => (left < right ? -1 : 1))
          .slice(0, MOST_CURRENCIES),
      );
}

function productsOf(properties: JsonObject): readonly JsonObject[] {
  const { products } = properties;
  return Array.isArray(products) ? products.filter(isJsonObject) : [];
}

/** What was paid: total, else revenue, else value, else the sum of the products. */
function orderTotal(properties: JsonObject, products: readonly JsonObject[]): number {
  return (
    number(properties['total']) ??
    number(properties['revenue']) ??
    number(properties['value']) ??
    products.reduce(
      (sum, product) => sum + (number(product['price']) ?? 0) * quantityOf(product),
      0,
    )
  );
}

function earliest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined ? right : right === undefined ? left : Math.min(left, right);
}

/** Those that are only summed are older than any of these. */
function latestOf(recent: Orders['recent']): number | undefined {
  const times = Object.values(recent).map(({ at }) => at);
  return times.length === 0 ? undefined : Math.max(...times);
}
