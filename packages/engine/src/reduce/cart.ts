import { commerce, type SiteEvent } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { readCurrency, toMinor, wholeMinor } from '@tenth/model/money.ts';
import type { Cart, CartItem } from '@tenth/model/profile.ts';

/** More kinds of product than this in one cart are not kept. */
const MOST_ITEMS = 100;
/** Of one product in a cart. Parts of one count: some things are sold by weight. */
const MOST_QUANTITY = 1_000_000;

export const emptyCart: Cart = { updatedAt: 0, currency: '', items: {} };

/** Event names that can change a cart. */
export const cartEvents: ReadonlySet<string> = new Set([
  commerce.productAdded,
  commerce.productRemoved,
  commerce.cartViewed,
  commerce.orderCompleted,
]);

/**
 * The cart after an event: added and removed products, `Cart Viewed` as the whole truth where it
 * lists products, empty after an order. What comes late changes no more of it than it would have left: what
 * the whole cart was is not what it is, and what has been ordered since does not come back.
 */
export function reduceCart(cart: Cart, event: SiteEvent, defaultCurrency: string): Cart {
  if (event.type !== 'track' || !cartEvents.has(event.name)) {
    return cart;
  }
  const { properties } = event;
  const isLate = event.at < cart.updatedAt;
  const isOfParts = event.name === commerce.productAdded || event.name === commerce.productRemoved;
  if (isLate && (!isOfParts || Object.keys(cart.items).length === 0)) {
    return cart;
  }
  const currency = readCurrency(properties['currency']) ?? (cart.currency || defaultCurrency);
  const updatedAt = Math.max(cart.updatedAt, event.at);
  switch (event.name) {
    case commerce.productAdded:
      return { updatedAt, currency, items: added(cart.items, properties, currency, 1) };
    case commerce.productRemoved:
      return { updatedAt, currency, items: added(cart.items, properties, currency, -1) };
    case commerce.cartViewed:
      return Array.isArray(properties['products'])
        ? { updatedAt, currency, items: listed(properties['products'], currency) }
        : cart;
    default:
      return { updatedAt, currency, items: {} };
  }
}

export function cartTotalMinor(cart: Cart): number {
  let total = 0;
  for (const id in cart.items) {
    const item = cart.items[id];
    total += item === undefined ? 0 : item.priceMinor * item.quantity;
  }
  return wholeMinor(total);
}

export function cartQuantity(cart: Cart): number {
  let quantity = 0;
  for (const id in cart.items) {
    quantity += cart.items[id]?.quantity ?? 0;
  }
  return quantity;
}

function added(
  items: Cart['items'],
  product: JsonObject,
  currency: string,
  sign: 1 | -1,
): Cart['items'] {
  const id = productKey(product);
  const before = ownItem(items, id);
  if (id === '' && number(product['price']) === undefined) {
    // Neither what it is nor what it costs: a tag that forgot to say.
    return items;
  }
  const quantity = Math.min((before?.quantity ?? 0) + sign * quantityOf(product), MOST_QUANTITY);
  if (quantity <= 0) {
    const { [id]: _gone, ...rest } = items;
    return rest;
  }
  if (before === undefined && Object.keys(items).length >= MOST_ITEMS) {
    return items;
  }
  return { ...items, [id]: itemOf(product, currency, quantity, before) };
}

/** A product may stand on several lines: a shirt in two sizes. */
function listed(products: readonly Json[], currency: string): Cart['items'] {
  const items: Record<string, CartItem> = {};
  for (const product of products.slice(0, MOST_ITEMS)) {
    if (isJsonObject(product)) {
      const id = productKey(product);
      const quantity = quantityOf(product);
      if (quantity > 0) {
        const before = ownItem(items, id);
        const line = itemOf(product, currency, quantity, before);
        items[id] = before === undefined ? line : together(before, line);
      }
    }
  }
  return items;
}

/** Two lines of one product. Where their prices differ, each piece costs what they cost on average. */
function together(before: CartItem, line: CartItem): CartItem {
  const quantity = Math.min(before.quantity + line.quantity, MOST_QUANTITY);
  const priceMinor =
    before.priceMinor === line.priceMinor
      ? line.priceMinor
      : (before.priceMinor * before.quantity + line.priceMinor * line.quantity) / quantity;
  return { ...line, quantity, priceMinor };
}

/** An id may be the name of something that every object has. */
function ownItem(items: Cart['items'], id: string): CartItem | undefined {
  return Object.hasOwn(items, id) ? items[id] : undefined;
}

/** One unless the product says; below 0 for what is taken out. */
export function quantityOf(product: JsonObject): number {
  const quantity = number(product['quantity']) ?? 1;
  return Math.min(Math.max(quantity, -MOST_QUANTITY), MOST_QUANTITY);
}

function itemOf(
  product: JsonObject,
  currency: string,
  quantity: number,
  before: CartItem | undefined,
): CartItem {
  const price = number(product['price']);
  return {
    quantity,
    priceMinor: price === undefined ? (before?.priceMinor ?? 0) : toMinor(price, currency),
    name: text(product['name']) || (before?.name ?? ''),
    category: text(product['category']) || (before?.category ?? ''),
    brand: text(product['brand']) || (before?.brand ?? ''),
  };
}

/** What tells products apart; a shop that sends no id is told apart by sku, then by name. */
export function productKey(product: JsonObject): string {
  const key =
    text(product['product_id']) ||
    text(product['productId']) ||
    text(product['sku']) ||
    text(product['id']) ||
    text(product['name']);
  // An own key named __proto__ would be lost in an object literal.
  return key === '__proto__' ? '' : key;
}

export function number(value: Json | undefined): number | undefined {
  const parsed =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
}

export function text(value: Json | undefined): string {
  return typeof value === 'string'
    ? value.slice(0, 200)
    : typeof value === 'number'
      ? String(value)
      : '';
}
