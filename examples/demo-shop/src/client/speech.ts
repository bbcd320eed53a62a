import { type Language, won } from '../language.ts';

export const language: Language = document.documentElement.lang === 'en' ? 'en' : 'ko';

export function t(ko: string, en: string): string {
  return language === 'ko' ? ko : en;
}

export function price(amountWon: number): string {
  return won(amountWon, language);
}
