import { campaign } from '@tenth/model/campaign.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId, ProfileId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { z } from 'zod';
import { compilePlan, type Plan } from '../plan/plan.ts';

/** 2026-03-02 10:00 in Seoul, a Monday. */
export const T0: EpochMs = Date.UTC(2026, 2, 2, 1, 0, 0);

let messages = 0;

/** An event with defaults: a page view of a new device at {@link T0}, arriving directly. */
export function anEvent(given: Partial<SiteEvent> = {}): SiteEvent {
  messages += 1;
  return {
    messageId: `message-${messages}` as MessageId,
    type: 'page',
    name: '',
    anonymousId: 'device-1',
    userId: undefined,
    previousId: undefined,
    at: T0,
    receivedAt: given.at ?? T0,
    properties: {},
    traits: {},
    page: { url: 'https://shop.example/', path: '/', title: '', category: '', name: '' },
    arrival: {
      channel: 'direct',
      source: '',
      medium: '',
      campaign: '',
      content: '',
      keyword: '',
      referrerHost: '',
      clickIds: {},
      by: 'nothing',
    },
    device: { type: 'desktop', os: 'Windows', browser: 'Chrome' },
    locale: 'ko-KR',
    isBot: false,
    consent: 'unknown',
    isVerified: false,
    payload: {},
    ...given,
  };
}

export function aTrack(
  name: string,
  properties: SiteEvent['properties'] = {},
  given: Partial<SiteEvent> = {},
): SiteEvent {
  return anEvent({ type: 'track', name, properties, page: undefined, ...given });
}

export const aProfileId = (letter = 'a'): ProfileId => letter.repeat(26) as ProfileId;

/** A campaign as written, with what every campaign needs; no holdout unless given. */
export function aCampaign(
  given: Partial<z.input<typeof campaign>> & { id: string },
): PlanDefinition['campaigns'][number] {
  return campaign.parse({
    name: { en: given.id },
    status: 'live',
    trigger: { kind: 'event', event: { type: 'page' } },
    format: { kind: 'modal' },
    variants: [{ id: 'a', content: { title: { ko: '안녕하세요', en: 'Hello' } } }],
    holdoutShare: 0,
    goal: { event: { type: 'track', name: 'Signed Up' } },
    ...given,
  });
}

export function aPlan(given: Partial<z.input<typeof planDefinition>> = {}): Plan {
  return compilePlan(
    planDefinition.parse({
      version: 1,
      settings: { name: 'Test shop' },
      segments: [],
      campaigns: [],
      ...given,
    }),
  );
}
