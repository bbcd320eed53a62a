import { type Html, html } from '../html.ts';
import type { Totals } from './cart.ts';
import { price, t } from './speech.ts';

/** Goods, discount, shipping and total as a list. */
export function totalsList(totals: Totals): Html {
  return html`<dl><div><dt>${t('상품 금액', 'Goods')}</dt><dd>${price(totals.goodsWon)}</dd></div>
${totals.offWon > 0 && html`<div class="minus"><dt>${t('쿠폰 할인', 'Coupon')}</dt><dd>−${price(totals.offWon)}</dd></div>`}
<div><dt>${t('배송비', 'Shipping')}</dt><dd>${totals.shippingWon === 0 ? t('무료', 'Free') : price(totals.shippingWon)}</dd></div>
<div class="total"><dt>${t('결제 금액', 'Total')}</dt><dd>${price(totals.totalWon)}</dd></div></dl>`;
}
