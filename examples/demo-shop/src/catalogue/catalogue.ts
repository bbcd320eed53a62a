import { beauty } from './beauty.ts';
import { brands } from './brands.ts';
import { findCategoryName } from './departments.ts';
import { home } from './home.ts';
import { kids } from './kids.ts';
import { kitchen } from './kitchen.ts';
import { men } from './men.ts';
import { pantry } from './pantry.ts';
import type { Product } from './product.ts';
import { sports } from './sports.ts';
import { stationery } from './stationery.ts';
import { women } from './women.ts';

export const products: readonly Product[] = [
  ...women,
  ...men,
  ...kids,
  ...home,
  ...kitchen,
  ...beauty,
  ...sports,
  ...stationery,
  ...pantry,
];

const byId = new Map(products.map((product) => [product.id, product]));

export function findProduct(id: string): Product | undefined {
  return byId.get(id);
}

/** `men` gives all of the department, `men/shirts` one part of it. */
export function productsIn(path: string): readonly Product[] {
  return products.filter(
    (product) => product.category === path || product.category.startsWith(`${path}/`),
  );
}

const haystacks = new Map(
  products.map((product) => {
    const brand = brands[product.brand];
    const department = findCategoryName(product.category.split('/')[0] ?? '');
    const part = findCategoryName(product.category);
    return [
      product.id,
      [
        product.name.ko,
        product.name.en,
        brand.name.ko,
        brand.name.en,
        department?.ko,
        department?.en,
        part?.ko,
        part?.en,
        product.promotion === 'one_plus_one' ? '1+1' : '',
      ]
        .join(' ')
        .toLowerCase(),
    ] as const;
  }),
);

/** Products in which every word of the query occurs; an empty query finds nothing. */
export function searchProducts(query: string): readonly Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  return products.filter((product) => {
    const haystack = haystacks.get(product.id) ?? '';
    return words.every((word) => haystack.includes(word));
  });
}
