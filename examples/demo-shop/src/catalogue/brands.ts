import type { Bilingual } from '../language.ts';

/** All invented for this shop. `code` is what events carry, whatever the page's language. */
export const brands = {
  moru: { code: 'MORUGYEOL', name: { ko: '모루결', en: 'Morugyeol' } },
  narin: { code: 'NARINJIP', name: { ko: '나린집', en: 'Narinjip' } },
  ongreut: { code: 'ONGREUT', name: { ko: '온그릇', en: 'Ongreut' } },
  soldam: { code: 'SOLDAMCHO', name: { ko: '솔담초', en: 'Soldamcho' } },
  baram: { code: 'BARAMDEUNG', name: { ko: '바람등', en: 'Baramdeung' } },
  meok: { code: 'MEOKSEONDANG', name: { ko: '먹선당', en: 'Meokseondang' } },
} as const satisfies Record<string, { readonly code: string; readonly name: Bilingual }>;
export type BrandId = keyof typeof brands;
