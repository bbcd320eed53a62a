import { type Html, html } from '../html.ts';
import type { ShopProduct } from '../shop-product.ts';
import { onChange } from './browser-store.ts';
import { addToCart } from './cards.ts';
import { comparedProducts, toggleCompared } from './compare-list.ts';
import { find } from './page-data.ts';
import { language, price, t } from './speech.ts';

function table(products: readonly ShopProduct[]): Html {
  if (products.length === 0) {
    return html`<div class="empty"><p>${t('상품 그림 위의 화살표를 누르면 여기에 모여요.', 'Press the arrows on a product picture to collect it here.')}</p><a class="button" href="/c/kitchen">${t('둘러보기', 'Browse')}</a></div>`;
  }
  const line = (label: string, cell: (product: ShopProduct) => Html | string): Html =>
    html`<tr><th scope="row">${label}</th>${products.map((product) => html`<td>${cell(product)}</td>`)}</tr>`;
  return html`<div class="versus"><table><tbody>
${line(t('상품', 'Product'), (product) => html`<a href="/p/${product.id}"><img src="/img/${product.id}.svg" alt="" width="240" height="300"><b>${product.name[language]}</b></a>`)}
${line(t('가격', 'Price'), (product) => html`<b>${price(product.priceWon)}</b>`)}
${line(t('브랜드', 'Brand'), (product) => product.brandName[language])}
${line(t('행사', 'Offer'), (product) => (product.promotion === undefined ? '–' : t('1+1, 두 개 배송', '1+1, two are sent')))}
${line('', (product) => html`<p><button class="button" data-take="${product.id}">${t('담기', 'Add')}</button></p><button class="link" data-drop="${product.id}">${t('비교에서 빼기', 'Take off')}</button>`)}
</tbody></table></div>`;
}

export function startComparePage(): void {
  const place = find('[data-fill=compare]');
  if (place === null) {
    return;
  }
  const show = () => {
    place.innerHTML = table(comparedProducts()).text;
  };
  show();
  onChange(show);
  place.addEventListener('click', (event) => {
    const button = event.target instanceof HTMLElement ? event.target.closest('button') : null;
    const { take, drop } = button?.dataset ?? {};
    const product = comparedProducts().find((one) => one.id === (take ?? drop));
    if (product !== undefined && take !== undefined) {
      addToCart(product, t('기본', 'Standard'), 1);
    } else if (product !== undefined) {
      toggleCompared(product);
    }
  });
}
