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
