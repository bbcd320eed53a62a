import { expect, test } from 'vitest';
import { readEntry } from './entry.ts';
import { translateGa4 } from './ga4-translation.ts';

const items = [
  {
    item_id: 'p1',
    item_name: '린넨 셔츠',
    price: '39000',
    quantity: 2,
    item_brand: 'MOON',
    index: 3,
  },
  { item_id: 'p2', price: 12000 },
];

test('a viewed item is a viewed product, its fields renamed and its amounts numbers', () => {
  expect(
    translateGa4('view_item', { currency: 'KRW', value: 39000, items: items.slice(0, 1) }),
  ).toEqual([
    {
      event: 'Product Viewed',
      properties: {
        currency: 'KRW',
        value: 39000,
        product_id: 'p1',
        name: '린넨 셔츠',
        price: 39000,
        quantity: 2,
        brand: 'MOON',
        position: 3,
      },
    },
  ]);
});

test('several items added at once are one event each, and none claims the value of all', () => {
  const added = translateGa4('add_to_cart', { value: 90000, currency: 'KRW', items });
  expect(added.map(({ properties }) => properties.product_id)).toEqual(['p1', 'p2']);
  expect(added.every(({ properties }) => properties.value === undefined)).toBe(true);
});

test('a purchase is a completed order with its id, total and products', () => {
  const [order] = translateGa4('purchase', { transaction_id: 'o1', value: 90000, tax: 1, items });
  expect(order).toMatchObject({
    event: 'Order Completed',
    properties: { order_id: 'o1', total: 90000, tax: 1 },
  });
  expect(order?.properties.products).toHaveLength(2);
});

test.each([
  ['view_item', 'Product Viewed'],
  ['view_item_list', 'Product List Viewed'],
  ['select_item', 'Product Clicked'],
  ['add_to_cart', 'Product Added'],
  ['remove_from_cart', 'Product Removed'],
  ['view_cart', 'Cart Viewed'],
  ['begin_checkout', 'Checkout Started'],
  ['add_payment_info', 'Payment Info Entered'],
  ['purchase', 'Order Completed'],
  ['refund', 'Order Refunded'],
  ['add_to_wishlist', 'Product Added to Wishlist'],
  ['search', 'Products Searched'],
  ['view_promotion', 'Promotion Viewed'],
  ['select_promotion', 'Promotion Clicked'],
])('%s is %s', (ga4, segment) => {
  expect(translateGa4(ga4, {}).map(({ event }) => event)).toEqual([segment]);
});

test('events outside commerce are passed over, also those named like a property of objects', () => {
  expect(translateGa4('gtm.click', {})).toEqual([]);
  expect(translateGa4('constructor', {})).toEqual([]);
});

test('an entry is read as a tag manager writes it and as gtag does', () => {
  expect(readEntry({ event: 'view_item', ecommerce: { items } })).toEqual({
    name: 'view_item',
    params: { items },
  });
  const pushed = (...args: unknown[]) => Object.assign({}, args);
  expect(readEntry(pushed('event', 'search', { search_term: '셔츠' }))).toEqual({
    name: 'search',
    params: { search_term: '셔츠' },
  });
  expect(readEntry(pushed('config', 'G-1'))).toBeUndefined();
  expect(readEntry({ ecommerce: null })).toBeUndefined();
});

test.each([{}, { items: { 0: { item_id: 'a' } } }, { items: 'a' }])(
  'a cart is not said to be empty by a tag that lists nothing: %j',
  (params) => {
    const [said] = translateGa4('view_cart', { currency: 'KRW', value: 20_000, ...params });
    expect(said?.properties).not.toHaveProperty('products');
    expect(translateGa4('view_cart', { items: [] })[0]?.properties).toEqual({ products: [] });
  },
);
