import { applyEvent } from '@tenth/engine/apply.ts';
import { compilePlan } from '@tenth/engine/plan/plan.ts';
import { newProfile } from '@tenth/engine/profile.ts';
import { aCampaign, anEvent, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';

const names = [
  'Product Viewed',
  'Product Added',
  'Products Searched',
  'Cart Viewed',
  'Order Completed',
];

/** 100 segments and 50 live campaigns of every kind, as a shop that uses all of it would have. */
function publishedPlan() {
  const segments = Array.from({ length: 100 }, (_, index) => ({
    id: `segment-${index}`,
    name: { en: `Segment ${index}` },
    condition: {
      kind: 'all',
      of: [
        index % 4 === 0
          ? {
              kind: 'affinity',
              dimension: 'category',
              key: `c${index % 20}`,
              measure: 'share',
              test: { op: 'gte', value: 0.3 },
            }
          : {
              kind: 'event_count',
              event: { type: 'track', name: names[index % 5] },
              window: index % 3 === 0 ? { kind: 'last_days', days: 30 } : { kind: 'session' },
              test: { op: 'gte', value: (index % 7) + 1 },
            },
        index % 2 === 0 ? { kind: 'visitor', is: 'new' } : { kind: 'member', is: false },
      ],
    },
  }));
  const campaigns = Array.from({ length: 50 }, (_, index) =>
    aCampaign({
      id: `campaign-${index}`,
      holdoutShare: 0.1,
      priority: index,
      trigger:
        index % 5 === 0
          ? { kind: 'page_count', pages: (index % 9) + 2 }
          : index % 5 === 1
            ? { kind: 'cart_band', currency: 'KRW', from: 20_000, to: 30_000 }
            : { kind: 'event', event: { type: 'track', name: names[index % 5] ?? '' } },
      audience: {
        kind: 'all',
        of: [
          { kind: 'visitor', is: index % 2 === 0 ? 'new' : 'returning' },
          { kind: 'session', field: 'source', test: { op: 'in', values: ['naver', 'google'] } },
          { kind: 'segment', segmentId: `segment-${index}` as never, is: true },
        ],
      },
    }),
  );
  return compilePlan(
    planDefinition.parse({ version: 1, settings: { name: 'Bench' }, segments, campaigns }),
  );
}

/** A browsing session of 20 events a person: pages, product views, searches, a cart, now and then an order. */
function eventsOf(person: number): SiteEvent[] {
  return Array.from({ length: 20 }, (_, step) => {
    const given = {
      anonymousId: `device-${person}`,
      at: T0 + person * 1_000 + step * 20_000,
      ...(step === 0
        ? {
            arrival: {
              ...anEvent().arrival,
              channel: 'organic_search' as const,
              source: 'naver',
              isFresh: true,
            },
          }
        : {}),
    };
    const product = {
      product_id: `p${(person + step) % 200}`,
      price: 7_000,
      currency: 'KRW',
      category: `c${person % 20}/d${step % 3}`,
      brand: `b${step % 6}`,
    };
    switch (step % 5) {
      case 1:
      case 3:
        return aTrack('Product Viewed', product, given);
      case 2:
        return step === 12
          ? aTrack('Product Added', product, given)
          : aTrack('Products Searched', { query: 'shirt' }, given);
      default:
        return anEvent(given);
    }
  });
}

export interface EngineFigures {
  /** Of the fastest round: what else the machine does only ever makes a round slower. */
  readonly eventsPerSecond: number;
  readonly slowestRound: number;
  readonly shown: number;
  readonly profileBytes: number;
}

/** Events a second that one core takes through reduce, evaluate and decide. */
export function benchEngine(people = 4_000, rounds = 9): EngineFigures {
  const plan = publishedPlan();
  const streams = Array.from({ length: people }, (_, person) => eventsOf(person));
  const run = (): { ms: number; shown: number; last: Profile } => {
    let shown = 0;
    let last = newProfile('a'.repeat(26) as ProfileId, T0);
    const start = performance.now();
    streams.forEach((events, person) => {
      let profile = newProfile(
        `${'0'.repeat(20)}${String(person).padStart(6, '0')}` as ProfileId,
        T0,
      );
      for (const event of events) {
        const applied = applyEvent(profile, event, plan, event.at);
        profile = applied.profile;
        shown += applied.decisions.length;
      }
      last = profile;
    });
    return { ms: performance.now() - start, shown, last };
  };
  const { shown, last } = run();
  const rates = Array.from({ length: rounds }, () => (people * 20) / (run().ms / 1_000));
  rates.sort((left, right) => left - right);
  return {
    eventsPerSecond: Math.round(rates.at(-1) ?? 0),
    slowestRound: Math.round(rates[0] ?? 0),
    shown,
    profileBytes: JSON.stringify(last).length,
  };
}
