import { type Html, html } from '../html.ts';
import { freeShippingFromWon, welcomeCoupon } from '../offers.ts';
import { onChange } from './browser-store.ts';
import { type Cart, type CartLine, changeQuantity, readCart, setCoupon, totalsOf } from './cart.ts';
import { cartViewed } from './events.ts';
import { currentMember } from './member.ts';
import { find } from './page-data.ts';
import { language, price, t } from './speech.ts';
import { totalsList } from './summary.ts';
import { toast } from './toast.ts';

function lineRow({ product, option, quantity }: CartLine, index: number): Html {
  const name = product.name[language];
  return html`<li class="line" data-line="${index}"><a href="/p/${product.id}" tabindex="-1" aria-hidden="true"><img src="/img/${product.id}.svg" alt="" width="96" height="120"></a>
<div><a class="line-name" href="/p/${product.id}">${name}</a><small>${product.brandName[language]} · ${option}</small>${product.promotion !== undefined && html`<small class="pair">1+1 · ${t(`${quantity * 2}개를 보내 드려요`, `we send ${quantity * 2}`)}</small>`}</div>
<div class="line-end"><b>${price(product.priceWon * quantity)}</b><span class="stepper"><button data-step="-1" aria-label="${t(`${name} 하나 줄이기`, `One ${name} less`)}">−</button><b aria-live="polite">${quantity}</b><button data-step="1" aria-label="${t(`${name} 하나 늘리기`, `One ${name} more`)}">+</button></span><button class="link" data-step="${-quantity}">${t('삭제', 'Remove')}</button></div></li>`;
}

function cartView(cart: Cart): Html {
  if (cart.lines.length === 0) {
    return html`<div class="empty"><p>${t('아직 담은 상품이 없어요.', 'There is nothing in your cart yet.')}</p><a class="button" href="/">${t('둘러보러 가기', 'Have a look around')}</a></div>`;
  }
  const totals = totalsOf(cart);
  const missing = freeShippingFromWon - totals.goodsWon;
  const share = Math.min(100, (totals.goodsWon / freeShippingFromWon) * 100);
  return html`<div class="basket"><ul>${cart.lines.map(lineRow)}</ul><aside class="sum"><div><p class="hint">${missing > 0 ? t(`${price(missing)} 더 담으면 무료배송`, `${price(missing)} more for free shipping`) : t('무료배송이에요', 'Shipping is free')}</p><div class="meter"><span style="width:${Math.round(share)}%"></span></div></div>
${totalsList(totals)}<form class="coupon" data-coupon><input name="code" value="${cart.coupon ?? ''}" placeholder="${t('쿠폰 코드', 'Coupon code')}" aria-label="${t('쿠폰 코드', 'Coupon code')}"><button>${t('적용', 'Apply')}</button></form><a class="button wide" href="/checkout">${t('주문하기', 'Check out')}</a></aside></div>`;
}

function applyCoupon(code: string): void {
  if (code !== '' && code !== welcomeCoupon.code) {
    toast(t('없는 쿠폰이에요.', 'There is no such coupon.'));
    return;
  }
  setCoupon(code === '' ? undefined : code);
  if (code !== '' && currentMember() === undefined) {
    toast(t('회원이 되면 쓸 수 있는 쿠폰이에요.', 'This coupon is for members.'), {
      href: '/signup',
      label: t('가입하기', 'Join'),
    });
  } else if (code !== '' && totalsOf(readCart()).offWon === 0) {
    toast(
      t(
        `${price(welcomeCoupon.fromWon)} 이상 담으면 적용돼요.`,
        `It applies from ${price(welcomeCoupon.fromWon)}.`,
      ),
    );
  }
}

export function startCartPage(): void {
  const place = find('[data-fill=cart]');
  if (place === null) {
    return;
  }
  const show = () => {
    // The buttons are drawn anew, so the one in use must get the focus back.
    const active = document.activeElement;
    const line = active?.closest<HTMLElement>('[data-line]')?.dataset['line'];
    const step = active instanceof HTMLElement ? active.dataset['step'] : undefined;
    place.innerHTML = cartView(readCart()).text;
    if (line !== undefined && step !== undefined) {
      place.querySelector<HTMLElement>(`[data-line="${line}"] [data-step="${step}"]`)?.focus();
    }
  };
  show();
  onChange(show);
  cartViewed(readCart());
  place.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-step]') : null;
    const index = button?.closest<HTMLElement>('[data-line]')?.dataset['line'];
    const line = readCart().lines[Number(index)];
    if (button !== null && line !== undefined) {
      changeQuantity(line.product, line.option, Number(button.dataset['step']));
    }
  });
  place.addEventListener('submit', (event) => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) {
      applyCoupon(
        String(new FormData(event.target).get('code') ?? '')
          .trim()
          .toUpperCase(),
      );
    }
  });
}
