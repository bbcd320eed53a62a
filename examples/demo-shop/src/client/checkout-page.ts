import { html } from '../html.ts';
import { keepForVisit, newId, onChange, readForVisit } from './browser-store.ts';
import { type Cart, emptyCart, readCart, totalsOf } from './cart.ts';
import { checkoutStarted, orderCompleted } from './events.ts';
import { currentMember } from './member.ts';
import { find } from './page-data.ts';
import { language, t } from './speech.ts';
import { totalsList } from './summary.ts';

interface Order {
  readonly id: string;
  readonly cart: Cart;
}

const place = 'yeolmae.order';

/** One checkout keeps its number while its cart stays the same, also when the page is loaded again. */
function orderFor(cart: Cart): { readonly order: Order; readonly isNew: boolean } {
  const stored: Order | null = JSON.parse(readForVisit(place) ?? 'null');
  return stored?.cart.id === cart.id
    ? { order: { ...stored, cart }, isNew: false }
    : { order: { id: newId('order'), cart }, isNew: true };
}

function missingField(form: HTMLFormElement): HTMLInputElement | undefined {
  return Array.from(form.querySelectorAll('input')).find((input) => !input.checkValidity());
}

export function startCheckoutPage(): void {
  const form = find<HTMLFormElement>('[data-checkout]');
  const summary = find('[data-fill=summary]');
  const cart = readCart();
  if (form === null || summary === null) {
    return;
  }
  if (cart.lines.length === 0) {
    location.replace('/cart');
    return;
  }
  const { order, isNew } = orderFor(cart);
  keepForVisit(place, JSON.stringify(order));
  if (isNew) {
    checkoutStarted(order.id, cart, totalsOf(cart));
  }
  const show = () => {
    const now = readCart();
    summary.innerHTML =
      html`<div class="sum"><h2>${t('주문 상품', 'Your order')}</h2><ul>${now.lines.map((line) => html`<li><span>${line.product.name[language]}</span><b>×${line.quantity}</b></li>`)}</ul>${totalsList(totalsOf(now))}</div>`.text;
  };
  show();
  onChange(show);
  const input = (name: string) => form.querySelector<HTMLInputElement>(`[name=${name}]`);
  const fill = (name: string, value: string) => {
    const field = input(name);
    if (field !== null && field.value === '') {
      field.value = value;
    }
  };
  fill('name', currentMember()?.name ?? '');
  find('[data-example]')?.addEventListener('click', () => {
    fill('name', t('홍길동', 'Hong Gildong'));
    fill('phone', '010-0000-0000');
    fill('address', t('가상시 열매로 10', '10 Yeolmae-ro, Nowhere'));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = missingField(form);
    const problem = form.querySelector('[data-problem]');
    if (wrong !== undefined) {
      if (problem !== null) {
        problem.textContent = t('빈칸을 채워 주세요.', 'Please fill in what is missing.');
      }
      wrong.focus();
      return;
    }
    keepForVisit(place, JSON.stringify({ ...order, cart: readCart() }));
    keepForVisit(`${place}.placed`, order.id);
    location.assign('/order/complete');
  });
}

/** Counts the order once: the mark set by the checkout is taken away before anything else. */
export function startCompletePage(): void {
  const stored: Order | null = JSON.parse(readForVisit(place) ?? 'null');
  const target = find('[data-fill=order]');
  if (stored === null || target === null) {
    return;
  }
  const totals = totalsOf(stored.cart);
  target.innerHTML =
    html`<p class="lead">${t('주문 번호', 'Order')} ${stored.id.slice(-8).toUpperCase()} · ${t('데모라서 배송되지는 않아요.', 'a demo, so nothing is shipped.')}</p><div class="sum"><ul>${stored.cart.lines.map((line) => html`<li><span>${line.product.name[language]}</span><b>×${line.quantity}</b></li>`)}</ul>${totalsList(totals)}</div>`.text;
  if (readForVisit(`${place}.placed`) === stored.id) {
    keepForVisit(`${place}.placed`, '');
    orderCompleted(stored.id, stored.cart, totals);
    emptyCart();
  }
}
