import type { Channel } from '@tenth/model/channel.ts';
import type { EventType, SiteEvent } from '@tenth/model/event.ts';
import { messageId, type ProfileId, profileId, sessionId } from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import type { Session } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** A profile id of a number: 26 characters, as the schema wants them. */
export function aProfileId(index: number): ProfileId {
  return profileId.parse(index.toString(36).padStart(26, '0'));
}

export interface EventFacts {
  readonly messageId: string;
  readonly type: EventType;
  readonly name?: string;
  readonly at: EpochMs;
  readonly anonymousId?: string;
  readonly userId?: string;
  readonly properties?: JsonObject;
  readonly traits?: JsonObject;
  readonly context?: JsonObject;
  readonly category?: string;
  readonly channel?: Channel;
  readonly isBot?: boolean;
}

/** An event as collect makes it: `properties` and `traits` are those of the payload. */
export function anEvent(facts: EventFacts): SiteEvent {
  const { type, name = '', at, properties = {}, traits = {} } = facts;
  const isPage = type === 'page' || type === 'screen';
  const path = `/${facts.category ?? 'home'}`;
  return {
    messageId: messageId.parse(facts.messageId),
    type,
    name,
    anonymousId: facts.anonymousId ?? `anon-${facts.messageId}`,
    userId: facts.userId,
    previousId: undefined,
    at,
    receivedAt: at + 40,
    properties,
    traits,
    page: isPage
      ? {
          url: `https://shop.test${path}`,
          path,
          title: 'Shop',
          category: facts.category ?? '',
          name,
        }
      : undefined,
    arrival: {
      channel: facts.channel ?? 'direct',
      source: '',
      medium: '',
      campaign: '',
      content: '',
      keyword: '',
      referrerHost: '',
      clickIds: {},
      by: 'nothing',
    },
    device: { type: 'phone', os: 'Android', browser: 'Chrome' },
    locale: 'ko-KR',
    isBot: facts.isBot ?? false,
    consent: 'granted',
    isVerified: false,
    payload: {
      type,
      messageId: facts.messageId,
      ...(type === 'track' ? { event: name } : {}),
      ...(isPage ? { name } : {}),
      properties,
      traits,
      context: facts.context ?? { locale: 'ko-KR' },
    },
  };
}

export function aSession(id: string, startedAt: EpochMs, channel: Channel): Session {
  return {
    id: sessionId.parse(id),
    startedAt,
    lastAt: startedAt,
    pages: 1,
    channel,
    source: '',
    medium: '',
    campaign: '',
    content: '',
    keyword: '',
    referrerHost: '',
    landingPath: '/',
    landingCategory: 'home',
    device: 'phone',
    os: 'Android',
    browser: 'Chrome',
    country: '',
    region: '',
    city: '',
    timeZone: '',
    aggregates: {},
  };
}
