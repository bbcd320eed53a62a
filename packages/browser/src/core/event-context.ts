import type { ConsentState } from '@tenth/model/consent.ts';

export const VERSION = '0.1.0';

/** Low-entropy client hints; not in TypeScript's DOM library yet. */
interface UserAgentHints {
  readonly brands: unknown;
  readonly mobile: boolean;
  readonly platform: string;
}

interface NavigatorExtras {
  readonly userAgentData?: UserAgentHints;
  readonly globalPrivacyControl?: boolean;
}

export const browser: Navigator & NavigatorExtras = navigator;

const CAMPAIGN_KEYS = ['source', 'medium', 'name', 'term', 'content'] as const;

/** `?utm_source=naver&utm_campaign=spring` as Segment's `context.campaign`; none without a utm parameter. */
export function readCampaign(search: string): Record<string, string> | undefined {
  const params = new URLSearchParams(search);
  const campaign: Record<string, string> = {};
  for (const key of CAMPAIGN_KEYS) {
    const value = params.get(`utm_${key === 'name' ? 'campaign' : key}`);
    if (value) {
      campaign[key] = value;
    }
  }
  return Object.keys(campaign).length ? campaign : undefined;
}

export interface ContextFacts {
  readonly locale: string | undefined;
  readonly consent: ConsentState;
  readonly userHash: string | undefined;
  /** In a single-page shop, the page before this one; the document's referrer only for the first. */
  readonly referrer: string;
}

/** Segment's `context` for an event that happens now on this page. Undefined keys do not reach the wire. */
export function readContext(facts: ContextFacts): Record<string, unknown> {
  const hints = browser.userAgentData;
  return {
    page: {
      // Not the canonical address: click ids and campaign parameters are only in the real one.
      url: location.href,
      path: location.pathname,
      search: location.search,
      title: document.title,
      referrer: facts.referrer,
    },
    locale: facts.locale || document.documentElement.lang || browser.language,
    library: { name: 'tenth.js', version: VERSION },
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    campaign: readCampaign(location.search),
    userAgentData: hints && {
      brands: hints.brands,
      mobile: hints.mobile,
      platform: hints.platform,
    },
    consent: facts.consent,
    gpc: browser.globalPrivacyControl || undefined,
    userHash: facts.userHash,
  };
}
