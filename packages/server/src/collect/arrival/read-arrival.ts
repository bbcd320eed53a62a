import type { Arrival, EventType } from '@tenth/model/event.ts';
import { isJsonObject, type JsonObject } from '@tenth/model/json.ts';
import { inAppOrigins } from '../device/in-app-browsers.ts';
import { collectLimits } from '../limits.ts';
import type { CompiledCollectSettings } from '../settings.ts';
import { type CampaignTags, readCampaignTags } from './campaign-tags.ts';
import { type ClickOrigin, findClickOrigin } from './click-origin.ts';
import { groupChannel } from './group-channel.ts';
import { findSourceCategory } from './known-source.ts';
import { type ReferrerFacts, readReferrer } from './read-referrer.ts';
import { readWebAddress } from './web-address.ts';

export interface ArrivalInput {
  readonly type: EventType;
  /** Address of the page the event happened on; empty where there is none. */
  readonly pageUrl: string;
  readonly referrer: string;
  /** Host of the page by the request's own headers, for an event without a page. */
  readonly requestHost: string;
  /** `context.campaign`, as sent. */
  readonly campaign: unknown;
  /** {@link Device.browser}: apps open links without a referrer, but name themselves. */
  readonly browser: string;
}

/** An event that goes on with the visit it belongs to. */
const STAYING: Arrival = {
  channel: 'direct',
  source: '',
  medium: '',
  campaign: '',
  content: '',
  keyword: '',
  referrerHost: '',
  clickIds: {},
  by: 'nothing',
};

/**
 * How the visitor came to the page of this event. What the address says (utm, click ids) outranks
 * the referrer; of referrers, the workspace's rules outrank the built-in lists.
 */
export function readArrival(input: ArrivalInput, settings: CompiledCollectSettings): Arrival {
  const page = readWebAddress(input.pageUrl);
  const from = input.referrer === '' ? undefined : readWebAddress(input.referrer);
  const ownHost = page?.host ?? input.requestHost;
  const tags = mergeCampaign(input.campaign, readCampaignTags(page?.query ?? ''));
  const inApp = from === undefined ? readInAppOrigin(input) : undefined;
  const referrer = from === undefined ? inApp : readReferrer(from, ownHost, settings);
  const click = findClickOrigin(tags.clickIds);
  if (!isTagged(tags) && referrer === undefined && click === undefined) {
    return STAYING;
  }
  return describe({ tags, referrer, click, isByApp: inApp !== undefined });
}

interface Traces {
  readonly tags: CampaignTags;
  readonly referrer: ReferrerFacts | undefined;
  readonly click: ClickOrigin | undefined;
  /** It is the app that stands for the referrer. */
  readonly isByApp: boolean;
}

function describe({ tags, referrer, click, isByApp }: Traces): Arrival {
  const isPlaceKnown = referrer?.category !== undefined || referrer?.channel !== undefined;
  const isClickFirst = click !== undefined && (click.isPaid || !isPlaceKnown);
  const origin = isClickFirst ? click : referrer;
  const source = tags.source || origin?.source || '';
  const medium = tags.medium || (tags.source === '' ? origin?.medium : '') || '';
  const isOwnWord = tags.source === '' || tags.source === origin?.source;
  const ruled = isTagged(tags) || isClickFirst ? undefined : referrer?.channel;
  const { clickIds } = tags;
  return {
    channel:
      ruled ??
      groupChannel({
        source,
        medium,
        campaign: tags.campaign.toLowerCase(),
        category: (isOwnWord ? origin?.category : undefined) ?? findSourceCategory(source),
        hasGoogleClick: 'gclid' in clickIds || 'gbraid' in clickIds || 'wbraid' in clickIds,
        hasMicrosoftClick: 'msclkid' in clickIds,
      }),
    source,
    medium,
    campaign: tags.campaign,
    content: tags.content,
    keyword: tags.keyword || referrer?.keyword || '',
    referrerHost: referrer?.host ?? '',
    clickIds,
    by: isTagged(tags) || isClickFirst ? 'address' : isByApp ? 'app' : 'referrer',
  };
}

function isTagged(tags: CampaignTags): boolean {
  return tags.source !== '' || tags.medium !== '' || tags.campaign !== '' || tags.content !== '';
}

/** `context.campaign` outranks the address: the client may have read it before a redirect. */
function mergeCampaign(campaign: unknown, tags: CampaignTags): CampaignTags {
  if (!isJsonObject(campaign)) {
    return tags;
  }
  return {
    source: readable(readText(campaign, 'source').toLowerCase(), tags.source),
    medium: readable(readText(campaign, 'medium').toLowerCase(), tags.medium),
    campaign: readable(readText(campaign, 'name'), tags.campaign),
    content: readable(readText(campaign, 'content'), tags.content),
    keyword: readable(readText(campaign, 'term'), tags.keyword),
    clickIds: tags.clickIds,
  };
}

/** Browsers decode UTF-8 alone: of EUC-KR their scripts send signs for what cannot be read, or the escapes. */
const UNREADABLE = /\ufffd|%[0-9a-f]{2}/i;

function readable(said: string, inAddress: string): string {
  return said === '' || (inAddress !== '' && UNREADABLE.test(said)) ? inAddress : said;
}

function readText(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === 'string' ? value.trim().slice(0, collectLimits.maxTagChars) : '';
}

/** A page without any referrer in an app's own browser was opened from that app. */
function readInAppOrigin({ type, referrer, browser }: ArrivalInput): ReferrerFacts | undefined {
  const origin = type === 'page' && referrer === '' ? inAppOrigins.get(browser) : undefined;
  if (origin === undefined) {
    return undefined;
  }
  return { host: '', medium: 'referral', keyword: '', channel: undefined, ...origin };
}
