import type { Channel } from '@tenth/model/channel.ts';
import type { SourceCategory } from './source-table.ts';

export interface ChannelFacts {
  /** Lower case, as are medium and campaign. */
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly category: SourceCategory | undefined;
  /** The address carries Google's, or Microsoft's, own proof of a paid click. */
  readonly hasGoogleClick: boolean;
  readonly hasMicrosoftClick: boolean;
}

const PAID = /cp|^ppc$|^retargeting$|^paid/;
const SHOPPING_CAMPAIGN = /(?:[^a-df-z]|^)shop|shopping/;
const DISPLAY = new Set(['display', 'banner', 'expandable', 'interstitial', 'cpm']);
const SOCIAL = new Set([
  'social',
  'social-network',
  'social-media',
  'sm',
  'social network',
  'social media',
]);
const EMAIL = /e[-_ ]?mail/;

/**
 * GA4's default channel grouping, in its order, first match wins; with `portal` and `ai_assistant`
 * where the place of origin says so. What GA4 leaves "unassigned" is a referral here.
 *
 * @source support.google.com/analytics/answer/9756891
 */
export function groupChannel(facts: ChannelFacts): Channel {
  return paidChannel(facts) ?? freeChannel(facts);
}

function paidChannel(facts: ChannelFacts): Channel | undefined {
  const { source, medium, campaign, category } = facts;
  const isPaid = PAID.test(medium);
  if (campaign.includes('cross-network')) {
    return 'cross_network';
  }
  if (isPaid && (category === 'shopping' || SHOPPING_CAMPAIGN.test(campaign))) {
    return 'paid_shopping';
  }
  const isOwnClick =
    (source === 'google' && facts.hasGoogleClick) || (source === 'bing' && facts.hasMicrosoftClick);
  if (isOwnClick || category === 'ad_search' || (isPaid && category === 'search')) {
    return 'paid_search';
  }
  if (isPaid && category === 'social') {
    return 'paid_social';
  }
  if (isPaid && category === 'video') {
    return 'paid_video';
  }
  if (DISPLAY.has(medium) || category === 'ad_display') {
    return 'display';
  }
  return isPaid ? 'paid_other' : undefined;
}

function freeChannel({ source, medium, campaign, category }: ChannelFacts): Channel {
  if (category === 'shopping' || SHOPPING_CAMPAIGN.test(campaign)) {
    return 'organic_shopping';
  }
  if (category === 'social' || SOCIAL.has(medium)) {
    return 'organic_social';
  }
  if (category === 'video' || medium.includes('video')) {
    return 'organic_video';
  }
  if (category === 'search' || medium === 'organic') {
    return 'organic_search';
  }
  if (category === 'email' || EMAIL.test(source) || EMAIL.test(medium)) {
    return 'email';
  }
  if (medium === 'affiliate' || medium === 'audio') {
    return medium;
  }
  if (source === 'sms' || medium === 'sms') {
    return 'sms';
  }
  if (medium.endsWith('push') || /mobile|notification/.test(medium) || source === 'firebase') {
    return 'push';
  }
  return category === 'ai_assistant' || category === 'portal' ? category : 'referral';
}
