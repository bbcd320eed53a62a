import { freeShippingFromWon, shippingWon, welcomeCoupon } from '../offers.ts';
import type { ShopProduct } from '../shop-product.ts';
import { announceChange, newId, readStored, writeStored } from './browser-store.ts';
import { cartChanged } from './events.ts';
import { currentMember } from './member.ts';

export interface CartLine {
  readonly product: ShopProduct;
  readonly option: string;
  readonly quantity: number;
}

export interface Cart {
  readonly id: string;
  readonly lines: readonly CartLine[];
  readonly coupon?: string | undefined;
}

export interface Totals {
  readonly goodsWon: number;
  readonly offWon: number;
  readonly shippingWon: number;
  readonly totalWon: number;
}

const place = 'yeolmae.cart';

export function readCart(): Cart {
  const stored = readStored(place);
  // Only this shop writes here; a value without lines is treated as no cart.
  return stored !== null && typeof stored === 'object' && 'lines' in stored
    ? (stored as Cart)
    : { id: newId('cart'), lines: [] };
}

function keep(cart: Cart): void {
  writeStored(place, cart);
  announceChange();
}

export function cartQuantity(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + line.quantity, 0);
}

export function totalsOf(cart: Cart): Totals {
  const goodsWon = cart.lines.reduce((sum, line) => sum + line.product.priceWon * line.quantity, 0);
  const isCouponGood =
    cart.coupon === welcomeCoupon.code &&
    currentMember() !== undefined &&
    goodsWon >= welcomeCoupon.fromWon;
  const offWon = isCouponGood ? welcomeCoupon.offWon : 0;
  const shipping = goodsWon === 0 || goodsWon >= freeShippingFromWon ? 0 : shippingWon;
  return { goodsWon, offWon, shippingWon: shipping, totalWon: goodsWon - offWon + shipping };
}

/** Adds or, with a negative number, takes out; a line that falls to nothing goes. */
export function changeQuantity(product: ShopProduct, option: string, by: number): void {
  const cart = readCart();
  const isSame = (line: CartLine) => line.product.id === product.id && line.option === option;
  const before = cart.lines.find(isSame)?.quantity ?? 0;
  const after = Math.min(99, Math.max(0, before + by));
  if (after === before) {
    return;
  }
  const line: CartLine = { product, option, quantity: after };
  const lines =
    before === 0
      ? [...cart.lines, line]
      : cart.lines.map((one) => (isSame(one) ? line : one)).filter((one) => one.quantity > 0);
  keep({ ...cart, lines });
  cartChanged(cart.id, product, option, after - before);
}

export function setCoupon(coupon: string | undefined): void {
  keep({ ...readCart(), coupon });
}

/** After an order the next cart has an id of its own. */
export function emptyCart(): void {
  keep({ id: newId('cart'), lines: [] });
}
