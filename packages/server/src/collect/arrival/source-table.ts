import { aiAssistantLines } from '../data/ai-assistant-lines.ts';
import { ownSourceLines, sourceNameLines } from '../data/own-source-lines.ts';
import { searchEngineLines } from '../data/search-engine-lines.ts';
import { socialNetworkLines } from '../data/social-network-lines.ts';

/** What kind of place a visitor comes from. `ad_…` are the redirect hosts of advertising systems. */
export const sourceCategories = [
  'search',
  'shopping',
  'social',
  'video',
  'ai_assistant',
  'portal',
  'email',
  'ad_search',
  'ad_display',
] as const;
export type SourceCategory = (typeof sourceCategories)[number];

export interface KnownSource {
  readonly source: string;
  readonly category: SourceCategory;
  /** Query parameters of the referrer that may hold the keyword, in order. */
  readonly keywordParams: readonly string[];
  /** A visit without a keyword is one all the same: the keyword was hidden or cut off. */
  readonly isKeywordHidden: boolean;
  /** In which the keyword is encoded where it is not UTF-8; empty where that is not known. */
  readonly charset: string;
}

function toCategory(word: string | undefined): SourceCategory {
  const category = sourceCategories.find((one) => one === word);
  if (category === undefined) {
    throw new Error(`source list: ${word} is no category`);
  }
  return category;
}

function rows(lines: string): string[][] {
  return lines
    .trim()
    .split('\n')
    .map((line) => line.split('|'));
}

function words(text: string | undefined, separator: string): string[] {
  return (text ?? '').split(separator).filter((word) => word !== '');
}

function fileHosts(table: Map<string, KnownSource>, hosts: string | undefined, known: KnownSource) {
  for (const host of words(hosts, ' ')) {
    if (!table.has(host)) {
      table.set(host, known);
    }
  }
}

function readOwn(): Map<string, KnownSource> {
  const table = new Map<string, KnownSource>();
  for (const [source = '', category, params, hosts] of rows(ownSourceLines)) {
    const keywordParams = words(params, ',');
    // Korean pages of before 2010 encode queries in EUC-KR; some redirects still do.
    const kind = { source, category: toCategory(category), keywordParams, charset: 'euc-kr' };
    fileHosts(table, hosts, { ...kind, isKeywordHidden: true });
  }
  return table;
}

function readSearchEngines(): Map<string, KnownSource> {
  const table = new Map<string, KnownSource>();
  for (const row of rows(searchEngineLines)) {
    const [source = '', category, hidden, params, charset = '', hosts] = row;
    fileHosts(table, hosts, {
      source,
      category: toCategory(category),
      keywordParams: words(params, ','),
      isKeywordHidden: hidden === 'hidden',
      charset,
    });
  }
  return table;
}

function readNetworks(): Map<string, KnownSource> {
  const table = new Map<string, KnownSource>();
  for (const [source = '', category, hosts] of rows(`${aiAssistantLines}${socialNetworkLines}`)) {
    if (source !== '') {
      const kind = { source, category: toCategory(category), keywordParams: [], charset: '' };
      fileHosts(table, hosts, { ...kind, isKeywordHidden: true });
    }
  }
  return table;
}

function readNames(
  tables: readonly ReadonlyMap<string, KnownSource>[],
): Map<string, SourceCategory> {
  const names = new Map<string, SourceCategory>();
  for (const [category, list] of rows(sourceNameLines)) {
    for (const name of words(list, ' ')) {
      names.set(name, toCategory(category));
    }
  }
  for (const table of tables) {
    for (const { source, category } of table.values()) {
      if (!names.has(source)) {
        names.set(source, category);
      }
    }
  }
  return names;
}

/** Our own list, by host; sub-domains count. */
export const ownSources: ReadonlyMap<string, KnownSource> = readOwn();
/** Search engines, by exact host; `{}` stands for a country. */
export const searchEngines: ReadonlyMap<string, KnownSource> = readSearchEngines();
/** Social networks, video sites and AI assistants, by host; sub-domains count. */
export const networks: ReadonlyMap<string, KnownSource> = readNetworks();
/** Names that stand in `utm_source`. */
export const sourceNames: ReadonlyMap<string, SourceCategory> = readNames([
  ownSources,
  searchEngines,
  networks,
]);
