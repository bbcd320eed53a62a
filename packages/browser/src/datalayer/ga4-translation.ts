import type { Json } from '@tenth/model/json.ts';

type Loose = Readonly<Record<string, unknown>>;
type Properties = Record<string, Json>;

export interface Translated {
  readonly event: string;
  readonly properties: Readonly<Properties>;
}

/** GA4's words for one item to Segment's for one product. */
const ITEM_FIELDS: Readonly<Record<string, string>> = {
  item_id: 'product_id',
  item_name: 'name',
  item_brand: 'brand',
  item_category: 'category',
  item_variant: 'variant',
  index: 'position',
  price: 'price',
  quantity: 'quantity',
  coupon: 'coupon',
  discount: 'discount',
  affiliation: 'affiliation',
};

const EVENT_FIELDS: Readonly<Record<string, string>> = {
  transaction_id: 'order_id',
  value: 'value',
  currency: 'currency',
  tax: 'tax',
  shipping: 'shipping',
  coupon: 'coupon',
  affiliation: 'affiliation',
  item_list_id: 'list_id',
  item_list_name: 'category',
  search_term: 'query',
  payment_type: 'payment_method',
  promotion_id: 'promotion_id',
  promotion_name: 'name',
  creative_name: 'creative',
  creative_slot: 'position',
};

/**
 * How each event carries its items: `each` sends one event an item, `list` sends all as `products`,
 * `none` leaves them out. Segment's product events are about one product.
 */
type Shape = 'each' | 'list' | 'none';

const EVENTS: Readonly<Record<string, readonly [name: string, shape: Shape]>> = {
  view_item: ['Product Viewed', 'each'],
  select_item: ['Product Clicked', 'each'],
  add_to_cart: ['Product Added', 'each'],
  remove_from_cart: ['Product Removed', 'each'],
  add_to_wishlist: ['Product Added to Wishlist', 'each'],
  view_item_list: ['Product List Viewed', 'list'],
  view_cart: ['Cart Viewed', 'list'],
  begin_checkout: ['Checkout Started', 'list'],
  add_payment_info: ['Payment Info Entered', 'list'],
  purchase: ['Order Completed', 'list'],
  refund: ['Order Refunded', 'list'],
  search: ['Products Searched', 'none'],
  view_promotion: ['Promotion Viewed', 'none'],
  select_promotion: ['Promotion Clicked', 'none'],
  // Not e-commerce, but the moment a shop's funnel is about.
  sign_up: ['Signed Up', 'none'],
};

const NUMBERS = new Set(['price', 'quantity', 'discount', 'value', 'tax', 'shipping', 'position']);

/** Tag managers often carry amounts as text: `"12000"` is a number, `"12,000원"` stays what it is. */
function asJson(name: string, value: unknown): Json | undefined {
  if (typeof value === 'string' && NUMBERS.has(name) && value.trim() !== '') {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function rename(from: Loose, fields: Readonly<Record<string, string>>): Properties {
  const renamed: Properties = {};
  for (const [theirs, ours] of Object.entries(fields)) {
    const value = asJson(ours, from[theirs]);
    if (value !== undefined) {
      renamed[ours] = value;
    }
  }
  return renamed;
}

function readItems(params: Loose): Properties[] {
  const items = Array.isArray(params.items) ? params.items : [];
  return items
    .filter((item): item is Loose => typeof item === 'object' && item !== null)
    .map((item) => {
      const product = rename(item, ITEM_FIELDS);
      // Some name an item without numbering it: the name then is the only thing to know it by.
      return product.product_id === undefined && product.name !== undefined
        ? { product_id: product.name, ...product }
        : product;
    });
}

/**
 * Says a GA4 event in Segment's e-commerce words; empty for events that are not about commerce.
 *
 * @source https://developers.google.com/analytics/devguides/collection/ga4/ecommerce and Segment's
 *   e-commerce spec V2.
 */
export function translateGa4(name: string, params: Loose): Translated[] {
  const known = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  if (known === undefined) {
    return [];
  }
  const [event, shape] = known;
  const properties = rename(params, EVENT_FIELDS);
  if (name === 'sign_up' && typeof params.method === 'string') {
    properties.method = params.method;
  }
  if ((name === 'purchase' || name === 'refund') && properties.value !== undefined) {
    properties.total = properties.value;
    delete properties.value;
  }
  const items = readItems(params);
  if (shape === 'each' && items.length > 0) {
    // The event's value is that of all items: with several, none of them may claim it.
    const { value, ...shared } = properties;
    return items.map((item) => ({
      event,
      properties:
        items.length === 1 && value !== undefined
          ? { ...shared, value, ...item }
          : { ...shared, ...item },
    }));
  }
  // A list that was not sent is no empty list: an empty cart says that nothing is in it.
  const isListed = shape === 'list' && Array.isArray(params.items);
  return [{ event, properties: isListed ? { ...properties, products: items } : properties }];
}
