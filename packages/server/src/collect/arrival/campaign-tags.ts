import { collectLimits } from '../limits.ts';
import { decodeParam, eachParam } from './query-string.ts';

/** What the address of the page says about the way there. Empty strings for what it does not say. */
export interface CampaignTags {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
  readonly keyword: string;
  readonly clickIds: Readonly<Record<string, string>>;
}

/** Parameters that name a campaign: utm_…, and nt_… of Naver's SmartStore. The first in the list wins. */
const TAG_PARAMS = {
  source: ['utm_source', 'nt_source'],
  medium: ['utm_medium', 'nt_medium'],
  campaign: ['utm_campaign', 'utm_id', 'nt_detail'],
  content: ['utm_content'],
  keyword: ['utm_term', 'n_keyword', 'n_query', 'nt_keyword', 'k_keyword'],
} as const;

const tagParams: ReadonlySet<string> = new Set(Object.values(TAG_PARAMS).flat());

/** Set by advertising systems on the addresses they send people to. */
const CLICK_IDS: ReadonlySet<string> = new Set([
  ...['gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid', 'srsltid'],
  ...['fbclid', 'msclkid', 'twclid', 'li_fat_id', 'igshid', 'igsh', 'ttclid', 'rdt_cid', 'epik'],
  ...['qclid', 'sccid', 'ScCid', 'irclid', '_kx', 'mc_cid', 'yclid', 'NaPm'],
]);
/** Naver's (n_media, n_ad …), SmartStore's (nt_source …) and Kakao's (k_clid, k_campaign …) families. */
const CLICK_ID_FAMILY = /^(?:n|nt|k)_[a-z_]{2,30}$/;

const NO_TAGS: CampaignTags = {
  source: '',
  medium: '',
  campaign: '',
  content: '',
  keyword: '',
  clickIds: {},
};

/** Reads the tags of a query string; values are decoded and cut to the limit. */
export function readCampaignTags(query: string): CampaignTags {
  if (query === '') {
    return NO_TAGS;
  }
  const tags = new Map<string, string>();
  const clickIds = new Map<string, string>();
  eachParam(query, (name, raw) => {
    const isTag = tagParams.has(name);
    const isClickId = CLICK_IDS.has(name) || CLICK_ID_FAMILY.test(name);
    if (raw === '' || !(isTag || isClickId)) {
      return;
    }
    const value = decodeParam(raw, 'euc-kr').trim().slice(0, collectLimits.maxTagChars);
    if (isTag && !tags.has(name)) {
      tags.set(name, value);
    }
    if (isClickId && !clickIds.has(name) && clickIds.size < collectLimits.maxClickIds) {
      clickIds.set(name, value);
    }
  });
  if (tags.size === 0 && clickIds.size === 0) {
    return NO_TAGS;
  }
  const first = (names: readonly string[]): string => {
    const name = names.find((one) => (tags.get(one) ?? '') !== '');
    return name === undefined ? '' : (tags.get(name) ?? '');
  };
  return {
    source: first(TAG_PARAMS.source).toLowerCase(),
    medium: first(TAG_PARAMS.medium).toLowerCase(),
    campaign: first(TAG_PARAMS.campaign),
    content: first(TAG_PARAMS.content),
    keyword: first(TAG_PARAMS.keyword),
    clickIds: Object.fromEntries(clickIds),
  };
}
