import type { Html } from '../html.ts';
import type { Language } from '../language.ts';

/** What every page knows about its request and its surroundings. */
export interface View {
  readonly language: Language;
  /** Path and query of this page, for the language switch. */
  readonly address: string;
  /** Picks the text of the page's language. */
  readonly t: (ko: string, en: string) => string;
}

export function viewOf(language: Language, address: string): View {
  return { language, address, t: (ko, en) => (language === 'ko' ? ko : en) };
}

/** One page, before the layout is put around it. */
export interface Page {
  readonly title: string;
  /** The `category` of the page call. */
  readonly category: string;
  /** The `name` of the page call; the same in both languages. */
  readonly name: string;
  readonly main: Html;
  /** Read by the page's script. */
  readonly data?: unknown;
  readonly searched?: string;
  readonly status?: number;
}
