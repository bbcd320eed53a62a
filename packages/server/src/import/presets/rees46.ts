import { commerce } from '@tenth/model/event.ts';
import { columnMapping } from '../mapping/column-mapping.ts';

const isPurchase = { column: 'event_type', in: ['purchase'] };
const isOther = { column: 'event_type', in: ['view', 'cart', 'remove_from_cart'] };

const product = [
  { field: 'product_id', from: { column: 'product_id' }, required: true },
  { field: 'category', from: { column: 'category_code' }, replace: { text: '.', by: '/' } },
  { field: 'category_id', from: { column: 'category_id' } },
  { field: 'brand', from: { column: 'brand' } },
  { field: 'price', from: { column: 'price' }, as: 'number', required: true },
] as const;

/**
 * REES46 Marketing Platform's public data set "eCommerce behavior data from multi category store".
 *
 * Its `user_id` is given to visitors with and without an account alike, so it becomes the anonymousId:
 * as a userId it would make everybody a member. `user_session` is kept at `context.sessionId`; visits are
 * cut anew by Tenth's own rule. A purchase line is one product and names no order, so each is an order of
 * its own, called after its session and line. Prices are in US dollars.
 */
export const rees46 = columnMapping.parse({
  time: { column: 'event_time', format: 'utc' },
  fields: [
    {
      to: 'event',
      from: { column: 'event_type' },
      values: {
        view: commerce.productViewed,
        cart: commerce.productAdded,
        remove_from_cart: commerce.productRemoved,
        purchase: commerce.orderCompleted,
      },
      required: true,
    },
    { to: 'anonymousId', from: { column: 'user_id' }, required: true },
    { to: 'context.sessionId', from: { column: 'user_session' } },
    { to: 'properties.currency', from: { constant: 'USD' } },
    ...product.map(({ field, ...rule }) => ({ ...rule, to: `properties.${field}`, when: isOther })),
    {
      to: 'properties.quantity',
      from: { constant: 1 },
      when: { column: 'event_type', in: ['cart', 'remove_from_cart'] },
    },
    {
      to: 'properties.order_id',
      from: { template: '{user_session}-{line}' },
      when: isPurchase,
    },
    { to: 'properties.total', from: { column: 'price' }, as: 'number', when: isPurchase },
    ...product.map(({ field, ...rule }) => ({
      ...rule,
      to: `properties.products.0.${field}`,
      when: isPurchase,
    })),
    { to: 'properties.products.0.quantity', from: { constant: 1 }, when: isPurchase },
  ],
});
