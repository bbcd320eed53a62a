export type Language = 'ko' | 'en';
export const languages: readonly Language[] = ['ko', 'en'];

/** A text in both languages of the shop. */
export interface Bilingual {
  readonly ko: string;
  readonly en: string;
}

/** The cookie decides; the shop is Korean until someone asks for English. */
export function languageOf(cookieHeader: string | undefined): Language {
  return /(?:^|;\s*)lang=en(?:;|$)/.test(cookieHeader ?? '') ? 'en' : 'ko';
}

/** `₩29,000` in both languages, as Korean shops write it abroad; Korean pages say `29,000원`. */
export function won(amountWon: number, language: Language): string {
  const digits = Math.round(amountWon)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return language === 'ko' ? `${digits}원` : `₩${digits}`;
}
