import { findProduct } from './catalogue/catalogue.ts';
import type { Product } from './catalogue/product.ts';
import { drawBanner } from './pictures/banner.ts';
import { type DrawingKind, drawPicture } from './pictures/drawings.ts';
import type { Look } from './pictures/studio.ts';

function lookOf(product: Product): Look & { readonly kind: DrawingKind } {
  const seed = [...product.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);
  return { style: undefined, ...product.picture, seed };
}

const banners: Readonly<Record<string, readonly string[]>> = {
  'banner-men': ['field-chore-jacket', 'oxford-stripe-shirt', 'selvedge-denim'],
  'banner-home': ['moon-jar-vase', 'persimmon-cast-pot', 'linen-shade-lamp'],
};

/** The SVG of a product or a banner, by its id; drawn once. */
export function createPictures(): (id: string) => string | undefined {
  const drawn = new Map<string, string>();
  const draw = (id: string): string | undefined => {
    const product = findProduct(id);
    if (product !== undefined) {
      return drawPicture(lookOf(product));
    }
    const parts = Object.hasOwn(banners, id) ? banners[id] : undefined;
    const looks = parts?.map(findProduct).filter((part) => part !== undefined);
    return looks && drawBanner(looks.map(lookOf), 'sand');
  };
  return (id) => {
    const known = drawn.get(id) ?? draw(id);
    if (known !== undefined) {
      drawn.set(id, known);
    }
    return known;
  };
}
