import { z } from 'zod';

export const locales = ['ko', 'en'] as const;
export const locale = z.enum(locales);
export type Locale = z.infer<typeof locale>;

/** A text in one or more languages; a missing language falls back to the workspace's, then to any. */
export const localizedText = z
  .strictObject({ ko: z.string().max(5_000).optional(), en: z.string().max(5_000).optional() })
  .refine((text) => text.ko !== undefined || text.en !== undefined, 'give the text in ko or en');
export type LocalizedText = z.infer<typeof localizedText>;

export function pickText(text: LocalizedText, wanted: Locale, fallback: Locale): string {
  return text[wanted] ?? text[fallback] ?? text.ko ?? text.en ?? '';
}

/** `ko-KR` is `ko`; whatever is not Korean reads English; nothing said means the fallback. */
export function parseLocale(tag: string | undefined, fallback: Locale): Locale {
  if (tag === undefined || tag === '') {
    return fallback;
  }
  return tag.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
