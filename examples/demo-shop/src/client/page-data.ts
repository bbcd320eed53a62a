import type { ShopProduct } from '../shop-product.ts';

/** What the server put into the page for its script; all parts are optional. */
export interface PageData {
  readonly product?: ShopProduct;
  readonly products?: readonly ShopProduct[];
  readonly listId?: string;
  readonly query?: string;
}

export const pageData: PageData =
  JSON.parse(document.getElementById('page-data')?.textContent ?? 'null') ?? {};

export const pageKind = document.body.dataset['page'] ?? '';

export function find<Kind extends Element = HTMLElement>(selector: string): Kind | null {
  return document.querySelector<Kind>(selector);
}
