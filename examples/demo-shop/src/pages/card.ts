import { brands } from '../catalogue/brands.ts';
import type { Product } from '../catalogue/product.ts';
import { type Html, html } from '../html.ts';
import { won } from '../language.ts';
import { shopProduct } from '../shop-product.ts';
import { icons } from './icons.ts';
import type { View } from './view.ts';

/** Old and new price, with the reduction in per cent. */
export function priceLine(product: Product, { language, t }: View): Html {
  if (product.listPriceWon === undefined) {
    return html`<p class="price"><b>${won(product.priceWon, language)}</b></p>`;
  }
  const off = Math.round((1 - product.priceWon / product.listPriceWon) * 100);
  return html`<p class="price"><em>${off}%</em> <b>${won(product.priceWon, language)}</b> <s><span class="hidden">${t('정가', 'was')} </span>${won(product.listPriceWon, language)}</s></p>`;
}

export function promotionBadge(product: Product): Html | undefined {
  return product.promotion === 'one_plus_one' ? html`<span class="badge">1+1</span>` : undefined;
}

/** A product in a list, with its own buttons for the cart and for comparing. */
export function card(product: Product, view: View): Html {
  const { language, t } = view;
  const name = product.name[language];
  return html`<li class="card" data-product="${JSON.stringify(shopProduct(product))}" data-option="${product.options[0]?.[language] ?? ''}">
<a class="card-link" href="/p/${product.id}"><span class="shot"><img src="/img/${product.id}.svg" width="720" height="900" loading="lazy" alt="">${promotionBadge(product)}</span>
<span class="card-brand">${brands[product.brand].name[language]}</span><span class="card-name">${name}</span></a>${priceLine(product, view)}
<div class="card-tools"><button class="round" data-compare aria-pressed="false" aria-label="${t(`${name} 비교함에 담기`, `Compare ${name}`)}">${icons.compare}</button><button class="round strong" data-add aria-label="${t(`${name} 장바구니에 담기`, `Add ${name} to cart`)}">${icons.plus}</button></div></li>`;
}

export function grid(products: readonly Product[], view: View): Html {
  return html`<ul class="grid">${products.map((product) => card(product, view))}</ul>`;
}

/** A row that scrolls sideways on a phone. */
export function row(
  heading: { readonly title: string; readonly line: string; readonly href?: string },
  products: readonly Product[],
  view: View,
): Html {
  return html`<section class="wrap band"><div class="band-head"><div><h2>${heading.title}</h2><p>${heading.line}</p></div>${heading.href !== undefined && html`<a class="more" href="${heading.href}">${view.t('모두 보기', 'See all')}</a>`}</div><ul class="grid row">${products.map((product) => card(product, view))}</ul></section>`;
}
