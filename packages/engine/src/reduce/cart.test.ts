import type { SiteEvent } from '@tenth/model/event.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aTrack, T0 } from '../testing/builders.ts';
import { cartQuantity, cartTotalMinor, emptyCart, reduceCart } from './cart.ts';

type Step = readonly [name: string, properties: JsonObject];

function cartAfter(...steps: readonly Step[]) {
  return steps.reduce(
    (cart, [name, properties]) => reduceCart(cart, aTrack(name, properties), 'KRW'),
    emptyCart,
  );
}

function sumsAfter(...steps: readonly Step[]) {
  const cart = cartAfter(...steps);
  return [cartTotalMinor(cart), cartQuantity(cart)];
}

const shirt = { product_id: 'shirt', price: 20_000 };

describe('a cart as listed', () => {
  test('has a product on several lines as often as all of them say', () => {
    const products = [
      { ...shirt, sku: 'shirt-S', quantity: 1 },
      { ...shirt, sku: 'shirt-M', quantity: 2 },
    ];
    expect(sumsAfter(['Cart Viewed', { products }])).toEqual([60_000, 3]);
    expect(
      sumsAfter(['Product Added', shirt], ['Product Added', { ...shirt, quantity: 2 }]),
    ).toEqual([60_000, 3]);
  });

  test('keeps its total where the lines of a product differ in price', () => {
    const products = [
      { ...shirt, quantity: 1 },
      { ...shirt, price: 25_000, quantity: 2 },
      { ...shirt, price: 9_990, quantity: 4 },
    ];
    expect(sumsAfter(['Cart Viewed', { products }])).toEqual([109_960, 7]);
  });

  test('has no product that is called as what every object has', () => {
    const products = [{ product_id: 'constructor', price: 1_000, quantity: 2 }];
    const { items } = cartAfter(['Cart Viewed', { products }]);
    expect(items['constructor']).toEqual({
      quantity: 2,
      priceMinor: 1_000,
      name: '',
      category: '',
      brand: '',
    });
    expect(cartAfter(['Product Added', { product_id: 'toString' }]).items).toHaveProperty(
      'toString',
      { quantity: 1, priceMinor: 0, name: '', category: '', brand: '' },
    );
  });
});

describe('what comes late', () => {
  const step = (name: string, properties: JsonObject, minutes: number) =>
    aTrack(name, properties, { at: T0 + minutes * MINUTE_MS });
  const after = (...events: readonly SiteEvent[]) =>
    events.reduce((cart, event) => reduceCart(cart, event, 'KRW'), emptyCart);
  const socks = { product_id: 'socks', price: 3_000 };

  test('neither empties a newer cart nor stands for it', () => {
    const now = after(step('Product Added', shirt, 10));
    const products = [socks];
    for (const late of [
      step('Order Completed', { order_id: 'o' }, 5),
      step('Cart Viewed', { products }, 5),
    ]) {
      expect(reduceCart(now, late, 'KRW')).toBe(now);
    }
  });

  test('does not come back after the order that it went into', () => {
    const ordered = after(
      step('Product Added', shirt, 0),
      step('Order Completed', { order_id: 'o' }, 10),
    );
    expect(reduceCart(ordered, step('Product Added', socks, 9), 'KRW')).toBe(ordered);
  });

  test('is added to a cart that is still being filled', () => {
    const cart = after(step('Product Added', shirt, 10), step('Product Added', socks, 9));
    expect([cartTotalMinor(cart), cart.updatedAt]).toEqual([23_000, T0 + 10 * MINUTE_MS]);
  });
});

test('of a product without an id, a name or a price nothing is in the cart', () => {
  expect(sumsAfter(['Product Added', { currency: 'KRW' }])).toEqual([0, 0]);
  expect(sumsAfter(['Product Added', { price: 20_000, currency: 'KRW' }])).toEqual([20_000, 1]);
});

test('what is sold by weight costs whole minor units', () => {
  const beef = { product_id: 'beef', price: 1_999, quantity: 0.55 };
  expect(sumsAfter(['Product Added', beef])).toEqual([1_099, 0.55]);
});

test('a currency is its code, in whatever letters; what is none is the shop’s', () => {
  expect(cartAfter(['Product Added', { ...shirt, currency: 'krw' }]).currency).toBe('KRW');
  expect(sumsAfter(['Product Added', { ...shirt, price: 19.99, currency: 'usd' }])[0]).toBe(1_999);
  for (const currency of ['₩', 'constructor', 'x'.repeat(200), 7]) {
    expect(cartAfter(['Product Added', { ...shirt, currency }]).currency).toBe('KRW');
  }
});

const anything = fc.oneof(
  fc.double(),
  fc.double({ min: -1e308, max: 1e308 }),
  fc.constantFrom(1e308, -1e308, 1e21, 5e-324, '1e308', '0.1'),
  fc.integer(),
);

test('whatever prices and quantities are sent, the total is a whole number that adds up', () => {
  const product = fc.record(
    { product_id: fc.constantFrom('a', 'b'), price: anything, quantity: anything },
    { requiredKeys: ['product_id'] },
  );
  const step = fc.oneof(
    fc.tuple(fc.constantFrom('Product Added', 'Product Removed'), product),
    fc.tuple(
      fc.constant('Cart Viewed'),
      fc.record({ products: fc.array(product, { maxLength: 5 }) }),
    ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const cart = cartAfter(...(steps as unknown as Step[]));
      expect(Number.isSafeInteger(cartTotalMinor(cart))).toBe(true);
      expect(Number.isFinite(cartQuantity(cart))).toBe(true);
      expect(JSON.parse(JSON.stringify(cart))).toEqual(cart);
    }),
  );
});
