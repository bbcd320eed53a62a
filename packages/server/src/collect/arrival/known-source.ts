import { LRUCache } from 'lru-cache';
import {
  type KnownSource,
  networks,
  ownSources,
  type SourceCategory,
  searchEngines,
  sourceNames,
} from './source-table.ts';
import { findInParents, withoutCommonPrefix } from './web-address.ts';

/** Hosts seen lately, known or not: some 1 MB. */
const MAX_CACHED_HOSTS = 5_000;

const NOT_KNOWN = Symbol('not known');
const seen = new LRUCache<string, KnownSource | typeof NOT_KNOWN>({ max: MAX_CACHED_HOSTS });

/** Second levels under which countries hand out names: `co.uk`, `com.br`. */
const COUNTRY_SECOND_LEVEL = /\.(?:com|org|net|co|it|edu)\.[a-z]{2}$/;
const COUNTRY = /\.[a-z]{2}$/;
const WEBMAIL = /^(?:web)?mail\d*\.|\.mail\.|^webmail/;

/** What the built-in lists know about a referring host; `undefined` for any other site. */
export function findKnownHost(host: string): KnownSource | undefined {
  const cached = seen.get(host);
  if (cached !== undefined) {
    return cached === NOT_KNOWN ? undefined : cached;
  }
  const known = lookUp(host);
  seen.set(host, known ?? NOT_KNOWN);
  return known;
}

/** The category of a `utm_source`, which people fill with names (`naver`) and hosts (`chatgpt.com`). */
export function findSourceCategory(source: string): SourceCategory | undefined {
  return (
    sourceNames.get(source) ?? (source.includes('.') ? findKnownHost(source)?.category : undefined)
  );
}

function lookUp(host: string): KnownSource | undefined {
  return (
    findInParents(host, (domain) => ownSources.get(domain)) ??
    findSearchEngine(host) ??
    findInParents(host, (domain) => networks.get(domain)) ??
    (WEBMAIL.test(host) ? webmail(host) : undefined)
  );
}

function findSearchEngine(host: string): KnownSource | undefined {
  const bare = withoutCommonPrefix(host);
  for (const name of [host, bare, `www.${bare}`]) {
    const country = name.replace(COUNTRY_SECOND_LEVEL, '.{}').replace(COUNTRY, '.{}');
    const found =
      searchEngines.get(name) ??
      searchEngines.get(country) ??
      searchEngines.get(name.replace(/^[a-z]{2}\./, '{}.'));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function webmail(host: string): KnownSource {
  return { source: host, category: 'email', keywordParams: [], isKeywordHidden: true, charset: '' };
}
