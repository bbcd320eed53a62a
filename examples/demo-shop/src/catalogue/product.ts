import type { Bilingual } from '../language.ts';
import type { DrawingKind } from '../pictures/drawings.ts';
import type { Ground } from '../pictures/studio.ts';
import type { BrandId } from './brands.ts';

/** One thing the shop sells. Prices are in won, tax included. */
export interface Product {
  /** Also the path of its page and its picture; never changes. */
  readonly id: string;
  /** `men/shirts`: the first part is the department. */
  readonly category: string;
  readonly brand: BrandId;
  readonly name: Bilingual;
  readonly priceWon: number;
  /** The price before a reduction, where there is one. */
  readonly listPriceWon?: number;
  readonly promotion?: 'one_plus_one';
  readonly options: readonly Bilingual[];
  readonly description: Bilingual;
  readonly picture: {
    readonly kind: DrawingKind;
    readonly colour: string;
    readonly accent: string;
    readonly ground: Ground;
    readonly style?: string;
  };
}

const same = (label: string): Bilingual => ({ ko: label, en: label });

/** Choices that many products share. */
export const sizes = {
  clothes: ['S', 'M', 'L', 'XL'].map(same),
  shoes: ['240', '250', '260', '270', '280'].map(same),
  children: ['100', '110', '120', '130'].map(same),
  single: [{ ko: '단일 옵션', en: 'One size' }],
} as const;
