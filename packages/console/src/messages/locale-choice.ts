import { type Locale, locales, parseLocale } from '@tenth/model/locale.ts';

const storageKey = 'tenth.locale';

/** The language to start with: what was chosen here before, else the browser's, else the workspace's. */
export function chooseLocale(given: {
  readonly stored: string | null;
  readonly browser: readonly string[];
  readonly workspace: Locale | undefined;
}): Locale {
  const stored = locales.find((locale) => locale === given.stored);
  if (stored !== undefined) {
    return stored;
  }
  const spoken = given.browser
    .map((tag) => locales.find((locale) => tag.toLowerCase().startsWith(locale)))
    .find((locale) => locale !== undefined);
  return spoken ?? given.workspace ?? parseLocale(given.browser[0], 'ko');
}

export function readStoredLocale(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    // Storage is blocked; the choice then lasts until the page is left.
    return null;
  }
}

export function storeLocale(locale: Locale): void {
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // As above.
  }
}
