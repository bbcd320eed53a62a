import { aCampaign } from '@tenth/engine/testing/builders.ts';
import { condition } from '@tenth/model/condition.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';

const name = { en: 'Name' };
const viewed = { type: 'track' as const, name: 'Product Viewed' };

/** Three versions of a shop's plan, of which each changes something for people who are there already. */
export function shopPlans(): readonly PlanDefinition[] {
  const first = planDefinition.parse({
    version: 4,
    settings: { name: 'Shop', currency: 'USD', timeZone: 'Asia/Seoul' },
    segments: [
      {
        id: 'keen',
        name,
        condition: {
          kind: 'event_count',
          event: viewed,
          window: { kind: 'last_hours', hours: 3 },
          test: { op: 'gte', value: 4 },
        },
      },
    ],
    variables: [
      {
        id: 'priciness',
        name,
        levelling: {
          kind: 'thresholds',
          of: {
            kind: 'event_number',
            event: viewed,
            property: 'properties.price',
            measure: 'mean',
            window: { kind: 'ever' },
          },
          levels: [
            { id: 'low', name, below: 100 },
            { id: 'high', name },
          ],
        },
      },
    ],
    campaigns: [
      aCampaign({
        id: 'keen-viewers',
        trigger: { kind: 'event', event: viewed },
        holdoutShare: 0.2,
        priority: 700,
        audience: condition.parse({
          kind: 'all',
          of: [
            { kind: 'segment', segmentId: 'keen', is: true },
            { kind: 'variable', variableId: 'priciness', levels: ['high'] },
          ],
        }),
      }),
      aCampaign({
        id: 'third-view',
        trigger: { kind: 'event', event: viewed },
        holdoutShare: 0.3,
        priority: 600,
        caps: { day: 2 },
        audience: {
          kind: 'event_count',
          event: viewed,
          window: { kind: 'session' },
          test: { op: 'gte', value: 3 },
        },
      }),
      aCampaign({
        id: 'cart-bar',
        trigger: { kind: 'cart_band', currency: 'USD', from: 1, to: 2_000 },
        format: { kind: 'top_bar' },
        keepWhile: { kind: 'cart_quantity', test: { op: 'gte', value: 1 } },
      }),
      aCampaign({
        id: 'members',
        trigger: { kind: 'event', event: { type: 'identify' } },
        format: { kind: 'bottom_bar' },
        audience: { kind: 'member', is: true },
      }),
    ],
  });
  const second = {
    ...first,
    version: 5,
    campaigns: first.campaigns.map((campaign) =>
      campaign.id === 'third-view' ? { ...campaign, caps: { day: 1 }, priority: 800 } : campaign,
    ),
  };
  const third = {
    ...second,
    version: 6,
    campaigns: [
      ...second.campaigns,
      aCampaign({
        id: 'brand-fans',
        trigger: { kind: 'event', event: viewed },
        format: { kind: 'slide_in' },
        priority: 750,
        audience: {
          kind: 'affinity',
          dimension: 'brand',
          key: 'samsung',
          measure: 'share',
          test: { op: 'gte', value: 0.5 },
        },
      }),
    ],
  };
  return [first, second, third];
}
