import type { Channel } from '@tenth/model/channel.ts';
import { collectLimits } from '../limits.ts';
import type { CompiledCollectSettings } from '../settings.ts';
import { findKnownHost } from './known-source.ts';
import { decodeParam, findRawParam } from './query-string.ts';
import type { SourceCategory } from './source-table.ts';
import { findInParents, type WebAddress, withoutCommonPrefix } from './web-address.ts';

/** What a referrer from outside the shop says. */
export interface ReferrerFacts {
  readonly host: string;
  readonly source: string;
  readonly medium: string;
  readonly keyword: string;
  readonly category: SourceCategory | undefined;
  /** Set by a rule of the workspace, which needs no grouping. */
  readonly channel: Channel | undefined;
}

/** `undefined`: the visitor came from within the shop, or from a page that a visit passes through. */
export function readReferrer(
  referrer: WebAddress,
  ownHost: string,
  settings: CompiledCollectSettings,
): ReferrerFacts | undefined {
  const { host, query } = referrer;
  const rule = findInParents(host, (domain) => settings.rulesByHost.get(domain));
  if (rule !== undefined) {
    // A rule that says "direct" is the shop's way to ignore a host.
    return rule.channel === 'direct'
      ? undefined
      : {
          host,
          source: rule.source,
          medium: mediumOf(rule.channel),
          keyword:
            rule.keywordParam === undefined
              ? ''
              : readKeyword(query, [rule.keywordParam], 'euc-kr'),
          category: undefined,
          channel: rule.channel,
        };
  }
  const isInternal =
    isSameShop(host, ownHost) ||
    findInParents(host, (domain) => settings.internalHosts.has(domain) || undefined) === true;
  return isInternal ? undefined : readKnownHost(host, query);
}

function readKnownHost(host: string, query: string): ReferrerFacts {
  const known = findKnownHost(host);
  const keyword = known === undefined ? '' : readKeyword(query, known.keywordParams, known.charset);
  if (known === undefined || (keyword === '' && !known.isKeywordHidden)) {
    const source = host.startsWith('www.') ? host.slice(4) : host;
    return {
      host,
      source,
      medium: 'referral',
      keyword: '',
      category: undefined,
      channel: undefined,
    };
  }
  // A portal's front page has no keyword; with one it is that portal's search.
  const category = known.category === 'portal' && keyword !== '' ? 'search' : known.category;
  return {
    host,
    source: known.source,
    medium: mediumOf(category),
    keyword,
    category,
    channel: undefined,
  };
}

function mediumOf(kind: SourceCategory | Channel): string {
  switch (kind) {
    case 'search':
    case 'organic_search':
      return 'organic';
    case 'email':
    case 'affiliate':
    case 'audio':
    case 'sms':
    case 'push':
    case 'display':
      return kind;
    case 'ad_search':
    case 'paid_search':
    case 'paid_shopping':
    case 'paid_social':
    case 'paid_video':
    case 'paid_other':
      return 'cpc';
    case 'ad_display':
      return 'display';
    default:
      return 'referral';
  }
}

function readKeyword(query: string, params: readonly string[], charset: string): string {
  for (const param of query === '' ? [] : params) {
    const raw = findRawParam(query, param);
    if (raw !== undefined && raw !== '') {
      return decodeParam(raw, charset).trim().slice(0, collectLimits.maxTagChars);
    }
  }
  return '';
}

/** `m.shop.kr`, `www.shop.kr` and `member.shop.kr` are one shop; `search.naver.com` and a store below `naver.com` are not. */
function isSameShop(host: string, ownHost: string): boolean {
  if (host === ownHost) {
    return true;
  }
  if (ownHost === '') {
    return false;
  }
  const there = withoutCommonPrefix(host);
  const here = withoutCommonPrefix(ownHost);
  if (there === here || there.endsWith(`.${here}`)) {
    return true;
  }
  // A shop on a builder's domain: its parent is the same shop only if it is no listed source.
  return here.endsWith(`.${there}`) && findKnownHost(host) === undefined;
}
