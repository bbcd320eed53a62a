import { html } from '../html.ts';
import type { Page, View } from './view.ts';

/** Pages whose content lives in the browser: the page's script fills the `data-fill` elements. */
export function cartPage({ t }: View): Page {
  return {
    title: t('장바구니', 'Cart'),
    category: 'cart',
    name: 'Cart',
    main: html`<div class="wrap narrow"><h1>${t('장바구니', 'Cart')}</h1><div data-fill="cart"><p class="empty">…</p></div></div>`,
  };
}

export function comparePage({ t }: View): Page {
  return {
    title: t('비교함', 'Compare'),
    category: 'compare',
    name: 'Compare',
    main: html`<div class="wrap"><h1>${t('상품 비교', 'Compare')}</h1><p class="lead">${t('네 개까지 나란히 놓고 볼 수 있어요.', 'Up to four, side by side.')}</p><div data-fill="compare"><p class="empty">…</p></div></div>`,
  };
}

export function checkoutPage({ t }: View): Page {
  return {
    title: t('주문하기', 'Checkout'),
    category: 'checkout',
    name: 'Checkout',
    main: html`<div class="wrap narrow"><h1>${t('주문하기', 'Checkout')}</h1><div class="checkout"><form class="form" data-checkout novalidate>
<p class="note" data-guest-note>${t('비회원으로도 주문할 수 있어요.', 'You can order as a guest.')} <a href="/signup">${t('가입하고 5,000원 할인받기', 'Or join for ₩5,000 off')}</a></p>
<fieldset><legend>${t('받는 분', 'Recipient')}</legend>
<label>${t('이름', 'Name')}<input name="name" autocomplete="name" required></label>
<label>${t('휴대전화', 'Phone')}<input name="phone" type="tel" autocomplete="tel" inputmode="tel" required></label>
<label>${t('주소', 'Address')}<input name="address" autocomplete="street-address" required></label></fieldset>
<fieldset><legend>${t('결제', 'Payment')}</legend><label class="check"><input type="radio" name="pay" checked> ${t('데모 결제 (실제로 결제되지 않아요)', 'Demo payment (nothing is charged)')}</label></fieldset>
<p class="problem" data-problem role="alert"></p>
<p class="form-go"><button class="button wide" type="submit">${t('주문 완료하기', 'Place the order')}</button><button class="button quiet" type="button" data-example>${t('예시로 채우기', 'Fill in an example')}</button></p></form><aside data-fill="summary"></aside></div></div>`,
  };
}

export function completePage({ t }: View): Page {
  return {
    title: t('주문 완료', 'Order complete'),
    category: 'order-complete',
    name: 'Order complete',
    main: html`<div class="wrap narrow thanks"><h1>${t('주문이 완료됐어요', 'Thank you, your order is in')}</h1><div data-fill="order"></div><p><a class="button" href="/">${t('계속 둘러보기', 'Keep browsing')}</a></p></div>`,
  };
}
