import type { ShopProduct } from '../shop-product.ts';
import type { Cart, Totals } from './cart.ts';
import type { Member } from './member.ts';
import { language } from './speech.ts';

interface Tenth {
  track(name: string, properties: object): void;
  identify(userId: string, traits: object): void;
  reset(): void;
}

declare global {
  interface Window {
    readonly tenth?: Tenth;
  }
}

const currency = 'KRW';

function track(name: string, properties: object): void {
  window.tenth?.track(name, properties);
}

function productFields(product: ShopProduct, quantity: number, option?: string): object {
  return {
    product_id: product.id,
    sku: product.sku,
    name: product.name[language],
    brand: product.brand,
    category: product.category,
    price: product.priceWon,
    quantity,
    url: `${location.origin}/p/${product.id}`,
    image_url: `${location.origin}/img/${product.id}.svg`,
    ...(option === undefined ? {} : { variant: option }),
    ...(product.promotion === undefined ? {} : { promotion: product.promotion }),
  };
}

/** One entry a product: two sizes of one shirt are one product, twice. */
function cartProducts(cart: Cart): object[] {
  const quantities = new Map<string, { product: ShopProduct; quantity: number }>();
  for (const { product, quantity } of cart.lines) {
    const before = quantities.get(product.id)?.quantity ?? 0;
    quantities.set(product.id, { product, quantity: before + quantity });
  }
  return Array.from(quantities.values(), ({ product, quantity }) =>
    productFields(product, quantity),
  );
}

export function searched(query: string): void {
  track('Products Searched', { query });
}

export function listViewed(listId: string, products: readonly ShopProduct[]): void {
  track('Product List Viewed', {
    list_id: listId,
    category: listId,
    products: products.slice(0, 20).map((product, index) => ({
      product_id: product.id,
      name: product.name[language],
      brand: product.brand,
      category: product.category,
      price: product.priceWon,
      position: index + 1,
    })),
  });
}

export function productViewed(product: ShopProduct): void {
  track('Product Viewed', { ...productFields(product, 1), currency });
}

/** @param by How many came in (above 0) or went out (below 0). */
export function cartChanged(
  cartId: string,
  product: ShopProduct,
  option: string,
  by: number,
): void {
  track(by > 0 ? 'Product Added' : 'Product Removed', {
    cart_id: cartId,
    ...productFields(product, Math.abs(by), option),
    currency,
  });
}

export function cartViewed(cart: Cart): void {
  track('Cart Viewed', { cart_id: cart.id, currency, products: cartProducts(cart) });
}

export function checkoutStarted(orderId: string, cart: Cart, totals: Totals): void {
  track('Checkout Started', {
    order_id: orderId,
    value: totals.totalWon,
    currency,
    products: cartProducts(cart),
  });
}

export function orderCompleted(orderId: string, cart: Cart, totals: Totals): void {
  track('Order Completed', {
    order_id: orderId,
    total: totals.totalWon,
    revenue: totals.goodsWon - totals.offWon,
    shipping: totals.shippingWon,
    discount: totals.offWon,
    ...(totals.offWon > 0 && cart.coupon !== undefined ? { coupon: cart.coupon } : {}),
    currency,
    products: cartProducts(cart),
  });
}

export function signedUp(member: Member): void {
  window.tenth?.identify(member.id, { name: member.name, email: member.email });
  track('Signed Up', { method: 'email' });
}

export function signedIn(member: Member): void {
  window.tenth?.identify(member.id, {
    email: member.email,
    ...(member.name === '' ? {} : { name: member.name }),
  });
  track('Signed In', { method: 'email' });
}

export function signedOut(): void {
  track('Signed Out', {});
  window.tenth?.reset();
}
