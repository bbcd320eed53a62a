import type { Orders } from '@tenth/model/profile.ts';
import { expect, test } from 'vitest';
import { aTrack, T0 } from '../testing/builders.ts';
import { mergeOrders, orderCount, reduceOrders } from './orders.ts';

const none: Orders = {
  recent: {},
  older: { count: 0, totals: {} },
  firstAt: undefined,
  lastAt: undefined,
};
const reported = (before: Orders, id: string, at: number) =>
  reduceOrders(
    before,
    aTrack('Order Completed', { order_id: id, total: 5, currency: 'KRW' }, { at }),
    'KRW',
  );

test('an order that is reported again is one order, of the time of its earliest report', () => {
  const late = reported(none, 'o-1', T0 + 10);
  expect(reported(late, 'o-1', T0 + 20)).toBe(late);
  const early = reported(late, 'o-1', T0 + 5);
  expect(orderCount(early)).toBe(1);
  expect(early).toMatchObject({ firstAt: T0 + 5, lastAt: T0 + 5 });
});

test('two people who both have an order become one with one order, whoever reported it later', () => {
  const phone = reported(reported(none, 'o-1', T0 + 10), 'o-2', T0 + 15);
  const desktop = reported(none, 'o-1', T0 + 30);
  for (const merged of [mergeOrders(phone, desktop), mergeOrders(desktop, phone)]) {
    expect(orderCount(merged)).toBe(2);
    expect(merged).toMatchObject({ firstAt: T0 + 10, lastAt: T0 + 15 });
  }
});

test('an amount beyond anything that is paid stays a number that the store and the log can keep', () => {
  for (const total of [1e21, 1e308, -1e308, 9.3e18]) {
    const order = aTrack('Order Completed', { order_id: 'o', total, currency: 'USD' });
    const { recent } = reduceOrders(none, order, 'KRW');
    expect(Number.isSafeInteger(recent['o']?.totalMinor)).toBe(true);
    expect(JSON.parse(JSON.stringify(recent))).toEqual(recent);
  }
});

test('whatever currencies are made up, the sums stay few and are sums', () => {
  const order = (id: number, currency: string) =>
    aTrack('Order Completed', { order_id: `o-${id}`, total: 5, currency }, { at: T0 + id });
  const codes = Array.from({ length: 300 }, (_, index) => [
    `${index}`.padEnd(200, 'x'),
    ['constructor', '__proto__', 'toString'][index % 3] ?? '',
    String.fromCharCode(65 + (index % 26), 65 + ((index * 7) % 26), 65 + ((index * 3) % 26)),
  ]).flat();
  let orders = none;
  for (const [index, code] of codes.entries()) {
    orders = reduceOrders(orders, order(index, code), 'KRW');
  }
  expect(orderCount(orders)).toBe(codes.length);
  expect(Object.keys(orders.older.totals)).toHaveLength(16);
  for (const [currency, total] of Object.entries(orders.older.totals)) {
    expect([currency, total % 5]).toEqual([expect.stringMatching(/^[A-Z]{3}$/), 0]);
  }
  const merged = mergeOrders(orders, orders);
  expect(Object.keys(merged.older.totals)).toEqual(Object.keys(orders.older.totals));
});

test('a currency in small letters is the same one', () => {
  const order = aTrack('Order Completed', { order_id: 'o', total: 12_000, currency: 'krw' });
  expect(reduceOrders(none, order, 'USD').recent['o']).toMatchObject({
    currency: 'KRW',
    totalMinor: 12_000,
  });
});
