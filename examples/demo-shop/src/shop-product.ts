import { brands } from './catalogue/brands.ts';
import type { Product } from './catalogue/product.ts';
import type { Bilingual } from './language.ts';

/** What the page tells its script about a product. */
export interface ShopProduct {
  readonly id: string;
  readonly sku: string;
  readonly name: Bilingual;
  /** The brand's code, the same in both languages. */
  readonly brand: string;
  readonly brandName: Bilingual;
  readonly category: string;
  readonly priceWon: number;
  readonly promotion?: 'one_plus_one';
}

export function shopProduct(product: Product): ShopProduct {
  const brand = brands[product.brand];
  return {
    id: product.id,
    sku: `YM-${product.id}`,
    name: product.name,
    brand: brand.code,
    brandName: brand.name,
    category: product.category,
    priceWon: product.priceWon,
    ...(product.promotion === undefined ? {} : { promotion: product.promotion }),
  };
}
