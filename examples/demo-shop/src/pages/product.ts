import { brands } from '../catalogue/brands.ts';
import { findProduct, productsIn } from '../catalogue/catalogue.ts';
import { findCategoryName, findDepartment } from '../catalogue/departments.ts';
import { Html, html } from '../html.ts';
import { won } from '../language.ts';
import { freeShippingFromWon } from '../offers.ts';
import { shopProduct } from '../shop-product.ts';
import { priceLine, promotionBadge, row } from './card.ts';
import { icons } from './icons.ts';
import type { Page, View } from './view.ts';

export function productPage(id: string, view: View): Page | undefined {
  const product = findProduct(id);
  if (product === undefined) {
    return undefined;
  }
  const { language, t } = view;
  const head = product.category.split('/')[0] ?? '';
  const department = findDepartment(head);
  const brand = brands[product.brand].name[language];
  const others = productsIn(head).filter((other) => other.id !== id);
  const options = product.options.map(
    (option, index) =>
      html`<label class="option"><input type="radio" name="option" value="${option[language]}"${index === 0 ? new Html(' checked') : ''}><span>${option[language]}</span></label>`,
  );
  return {
    title: product.name[language],
    category: 'product',
    name: product.name.en,
    data: { product: shopProduct(product) },
    main: html`<article class="wrap product"><p class="crumbs"><a href="/">${t('홈', 'Home')}</a> / <a href="/c/${head}">${department?.name[language] ?? ''}</a> / <a href="/c/${product.category}">${findCategoryName(product.category)?.[language] ?? ''}</a></p>
<div class="product-row"><div class="product-shot"><img src="/img/${id}.svg" width="720" height="900" alt="${product.name[language]}">${promotionBadge(product)}</div>
<form class="product-buy" data-buy><p class="card-brand"><a href="/search?q=${encodeURIComponent(brand)}">${brand}</a></p><h1>${product.name[language]}</h1>${priceLine(product, view)}
<p class="lead">${product.description[language]}</p>
${product.promotion === 'one_plus_one' && html`<p class="note"><b>1+1</b> ${t('하나만 담아도 두 개를 보내 드려요.', 'Put in one and we send two.')}</p>`}
<fieldset class="options"><legend>${t('옵션', 'Option')}</legend>${options}</fieldset>
<div class="quantity"><span id="quantity-label">${t('수량', 'Quantity')}</span><span class="stepper" role="group" aria-labelledby="quantity-label"><button type="button" data-less aria-label="${t('하나 줄이기', 'One less')}">−</button><output data-quantity>1</output><button type="button" data-plus aria-label="${t('하나 늘리기', 'One more')}">+</button></span></div>
<div class="buy-row"><button class="button wide" type="submit">${icons.bag}${t('장바구니 담기', 'Add to cart')}</button><button class="button quiet" type="button" data-compare-one aria-pressed="false">${icons.compare}${t('비교', 'Compare')}</button></div>
<dl class="facts"><div><dt>${t('배송', 'Shipping')}</dt><dd>${t(`3,000원, ${won(freeShippingFromWon, language)} 이상 무료`, `₩3,000, free from ${won(freeShippingFromWon, language)}`)}</dd></div><div><dt>${t('반품', 'Returns')}</dt><dd>${t('받은 날부터 14일', 'Within 14 days')}</dd></div><div><dt>${t('브랜드', 'Brand')}</dt><dd>${brand}</dd></div></dl></form></div></article>
${row({ title: t('함께 보면 좋은 상품', 'Goes well with'), line: department?.line[language] ?? '', href: `/c/${head}` }, others.slice(0, 4), view)}`,
  };
}
