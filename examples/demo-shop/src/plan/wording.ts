import type { CampaignInput } from '@tenth/model/campaign.ts';

type Content = CampaignInput['variants'][number]['content'];
type Text = NonNullable<Content['title']>;

/** A text in both languages. */
export function say(ko: string, en: string): Text {
  return { ko, en };
}

/** One version, shown to all who are not held out. */
export function only(content: Content): CampaignInput['variants'] {
  return [{ id: 'a', content }];
}

export function link(ko: string, en: string, url: string): NonNullable<Content['actions']>[number] {
  return { label: say(ko, en), url: { ko: url, en: url } };
}

/** A button that only closes the message. */
export function close(ko: string, en: string): NonNullable<Content['actions']>[number] {
  return { label: say(ko, en), style: 'secondary' };
}

export const signUpGoal: CampaignInput['goal'] = {
  event: { type: 'track', name: 'Signed Up' },
  windowHours: 168,
};

export const orderGoal: CampaignInput['goal'] = {
  event: { type: 'track', name: 'Order Completed' },
  windowHours: 168,
  value: { path: 'properties.revenue', currency: 'KRW' },
};
