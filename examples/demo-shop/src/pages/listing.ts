import { products, productsIn, searchProducts } from '../catalogue/catalogue.ts';
import { findCategoryName, findDepartment } from '../catalogue/departments.ts';
import { Html, html } from '../html.ts';
import { shopProduct } from '../shop-product.ts';
import { grid } from './card.ts';
import type { Page, View } from './view.ts';

const current = new Html(' aria-current="page"');

/** A department, or one part of it; nothing when there is no such category. */
export function listPage(path: string, view: View): Page | undefined {
  const { language, t } = view;
  const [head = '', part] = path.split('/');
  const department = findDepartment(head);
  const name = findCategoryName(path);
  if (department === undefined || name === undefined) {
    return undefined;
  }
  const found = productsIn(path);
  const tabs = Object.entries(department.parts).map(
    ([id, text]) =>
      html`<li><a class="chip" href="/c/${head}/${id}"${id === part ? current : ''}>${text[language]}</a></li>`,
  );
  return {
    title: name[language],
    category: 'category',
    name:
      part === undefined
        ? department.name.en
        : `${department.name.en} / ${findCategoryName(path)?.en ?? ''}`,
    data: { listId: path, products: found.map(shopProduct) },
    main: html`<div class="wrap list"><div class="list-head"><p class="crumbs"><a href="/">${t('홈', 'Home')}</a>${part !== undefined && html` / <a href="/c/${head}">${department.name[language]}</a>`}</p><h1>${name[language]}</h1><p>${department.line[language]} · ${t(`${found.length}개`, `${found.length} items`)}</p><ul class="chips"><li><a class="chip" href="/c/${head}"${part === undefined ? current : ''}>${t('전체', 'All')}</a></li>${tabs}</ul></div>${grid(found, view)}</div>`,
  };
}

export function searchPage(query: string, view: View): Page {
  const { t } = view;
  const found = searchProducts(query);
  const nothing = html`<div class="empty"><p>${t('찾는 상품이 아직 없어요. 이런 건 어떠세요?', 'Nothing by that name yet. Perhaps one of these?')}</p></div>${grid(products.filter((_, index) => index % 11 === 3).slice(0, 4), view)}`;
  return {
    title: query === '' ? t('검색', 'Search') : query,
    category: 'search',
    name: 'Search',
    searched: query,
    data: { query, products: found.map(shopProduct) },
    main: html`<div class="wrap list"><div class="list-head"><h1>${query === '' ? t('무엇을 찾으세요?', 'What are you looking for?') : t(`‘${query}’ 검색 결과`, `Results for “${query}”`)}</h1><p>${t(`${found.length}개 상품`, `${found.length} items`)}</p></div>${found.length === 0 ? nothing : grid(found, view)}</div>`,
  };
}
