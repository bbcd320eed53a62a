import { condition } from '@tenth/model/condition.ts';
import type { DecisionTrace } from '@tenth/model/decision.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { ExplainedCampaign } from '@tenth/model/explanation.ts';
import type { CampaignId, DecisionId, SegmentId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { describe, expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import { compilePlan } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import type { RecordedEvent } from '../replay/recorded-event.ts';
import { Replay } from '../replay/replay.ts';
import { aCampaign, anEvent, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { explainMoment } from './explain-moment.ts';

const aDefinition = (given: object): PlanDefinition =>
  planDefinition.parse({
    version: 1,
    settings: { name: 'Test shop' },
    segments: [],
    campaigns: [],
    ...given,
  });

function recorded(event: SiteEvent, index: number): RecordedEvent {
  return {
    seq: String(index),
    profileId: aProfileId(),
    event,
    userId: event.userId,
    decideAt: event.at,
    planVersion: 1,
    isFirst: index === 0,
    absorbed: undefined,
  };
}

/** Explains the last of some events; all campaigns unless named. */
function explainLast(
  definition: PlanDefinition,
  events: readonly SiteEvent[],
  ids: readonly string[] = definition.campaigns.map(({ id }) => id),
  logged?: DecisionTrace,
): readonly ExplainedCampaign[] {
  const plan = compilePlan(definition);
  const replay = new Replay(() => plan);
  const list = events.map(recorded);
  const last = list.pop();
  if (last === undefined) {
    throw new Error('no events');
  }
  for (const one of list) {
    replay.take(one);
  }
  return explainMoment({
    before: replay.find(last),
    recorded: last,
    plan,
    definition,
    members: new Map(),
    logged,
    campaignIds: ids as CampaignId[],
  }).campaigns;
}

const pages = (count: number, given: Partial<SiteEvent> = {}) =>
  Array.from({ length: count }, (_, index) => anEvent({ ...given, at: T0 + index * MINUTE_MS }));

const says = (campaign: ExplainedCampaign | undefined) =>
  campaign?.smallestChange?.changes.map((change) => change.says);

describe('the smallest change', () => {
  test('is one more page, where that is all', () => {
    const definition = aDefinition({
      campaigns: [
        aCampaign({
          id: 'fourth',
          audience: {
            kind: 'all',
            of: [
              { kind: 'visitor', is: 'new' },
              { kind: 'session_pages', test: { op: 'gte', value: 4 } },
            ],
          },
        }),
      ],
    });
    const [campaign] = explainLast(definition, pages(3));
    expect(says(campaign)).toEqual(['pages of the session 3 -> 4']);
    expect(campaign?.smallestChange?.isPossible).toBe(true);
    expect(campaign?.outcome).toMatchObject({ kind: 'failed', path: 'audience.all[1]', saw: 3 });
  });

  test('is another source', () => {
    const definition = aDefinition({
      campaigns: [
        aCampaign({
          id: 'from-naver',
          audience: { kind: 'session', field: 'source', test: { op: 'is', value: 'naver' } },
        }),
      ],
    });
    const arrival = { ...anEvent().arrival, source: 'google', by: 'address' as const };
    const [campaign] = explainLast(definition, pages(1, { arrival }));
    expect(says(campaign)).toEqual(['session source naver instead of google']);
  });

  test('goes through segments and negations, and takes the branch with the fewest', () => {
    const definition = aDefinition({
      segments: [
        {
          id: 'browsing',
          name: { en: 'Browsing' },
          condition: { kind: 'session_pages', test: { op: 'lt', value: 5 } },
        },
      ],
      campaigns: [
        aCampaign({
          id: 'either',
          audience: condition.parse({
            kind: 'any',
            of: [
              {
                kind: 'all',
                of: [
                  { kind: 'member', is: true },
                  { kind: 'session', field: 'os', test: { op: 'is', value: 'iOS' } },
                ],
              },
              { kind: 'segment', segmentId: 'browsing', is: false },
            ],
          }),
        }),
      ],
    });
    const [campaign] = explainLast(definition, pages(2));
    expect(says(campaign)).toEqual(['pages of the session 2 -> 5']);
  });

  test('gives a fact one value, whatever looks at it', () => {
    const definition = aDefinition({
      campaigns: [
        aCampaign({
          id: 'between',
          caps: {},
          audience: {
            kind: 'all',
            of: [
              { kind: 'session_pages', test: { op: 'gt', value: 3 } },
              { kind: 'not', of: { kind: 'session_pages', test: { op: 'gte', value: 5 } } },
            ],
          },
        }),
        aCampaign({
          id: 'nobody',
          audience: {
            kind: 'all',
            of: [
              { kind: 'session_pages', test: { op: 'gt', value: 5 } },
              { kind: 'session_pages', test: { op: 'lt', value: 3 } },
            ],
          },
        }),
      ],
    });
    const [between, nobody] = explainLast(definition, pages(6));
    expect(says(between)).toEqual(['pages of the session 6 -> 4']);
    expect(nobody?.smallestChange).toMatchObject({
      isPossible: false,
      changes: [{ kind: 'impossible' }],
    });
  });

  test('takes trigger and audience together', () => {
    const definition = aDefinition({
      campaigns: [
        aCampaign({ id: 'fifth-page', trigger: { kind: 'page_count', pages: 5 } }),
        aCampaign({
          id: 'at-cart',
          trigger: { kind: 'event', event: { type: 'track', name: 'Product Added' } },
          audience: { kind: 'member', is: true },
        }),
      ],
    });
    const [atCart, fifth] = explainLast(definition, pages(2));
    expect(says(fifth)).toEqual(['pages of the session 2 -> 5']);
    expect(atCart?.outcome).toEqual({ kind: 'not_considered', reason: 'other_event' });
    expect(says(atCart)).toEqual([
      'Product Added instead of page',
      'known by a userId yes instead of no',
    ]);
  });

  test('cannot turn a holdout or a fixed share', () => {
    const definition = aDefinition({
      campaigns: [
        aCampaign({ id: 'withheld', holdoutShare: 0.9, salt: 'salt-2' }),
        aCampaign({
          id: 'other-half',
          audience: {
            kind: 'all',
            of: [
              { kind: 'not', of: { kind: 'random_share', seed: 's', from: 0, to: 1 } },
              { kind: 'member', is: true },
            ],
          },
        }),
      ],
    });
    const [fixed, withheld] = explainLast(definition, pages(1));
    expect(withheld?.outcome.kind).toBe('withheld');
    expect(withheld?.smallestChange).toMatchObject({
      isPossible: false,
      changes: [{ kind: 'holdout', share: 0.9 }],
    });
    expect(fixed?.smallestChange?.isPossible).toBe(false);
  });

  test('whom a message that fails was withheld from is told so, and that both had to change', () => {
    const definition = aDefinition({
      campaigns: [
        aCampaign({
          id: 'fails',
          holdoutShare: 0.9,
          salt: 'salt-2',
          variants: [
            {
              id: 'a',
              content: { actions: [{ label: { en: 'Go' }, url: { en: 'ftp:{{ page.path }}' } }] },
            },
          ],
        }),
      ],
    });
    const [now] = explainLast(definition, pages(1));
    expect(now?.outcome.kind).toBe('not_rendered');
    const withheld = {
      kind: 'withheld',
      decisionId: '0123456789abcdef' as DecisionId,
      probability: 0.9,
    } as const;
    const logged: DecisionTrace = {
      planVersion: 1,
      at: T0,
      considered: [{ campaignId: 'fails' as CampaignId, outcome: withheld }],
    };
    const [then] = explainLast(definition, pages(1), ['fails'], logged);
    expect(then?.outcome).toEqual(withheld);
    expect(then?.smallestChange).toEqual(now?.smallestChange);
    expect(then?.smallestChange?.changes.map(({ kind }) => kind)).toEqual(['holdout', 'template']);
  });

  test('names the rival, the draft and the schedule', () => {
    const definition = aDefinition({
      campaigns: [
        aCampaign({ id: 'first', priority: 900 }),
        aCampaign({ id: 'second', priority: 100 }),
        aCampaign({ id: 'draft', status: 'draft', format: { kind: 'top_bar' } }),
        aCampaign({
          id: 'at-night',
          priority: 50,
          format: { kind: 'bottom_bar' },
          schedule: { hours: { from: 22, to: 24 } },
        }),
      ],
    });
    const byId = new Map(
      explainLast(definition, pages(1)).map((campaign) => [
        campaign.campaignId as string,
        campaign,
      ]),
    );
    expect(byId.get('first')?.smallestChange).toBeNull();
    expect(byId.get('second')?.smallestChange).toMatchObject({
      changes: [{ kind: 'rival', campaignId: 'first', group: 'overlay' }],
    });
    expect(byId.get('second')?.place).toEqual({ group: 'overlay', takenBy: 'first' });
    expect(byId.get('draft')?.smallestChange).toMatchObject({
      isPossible: false,
      changes: [{ kind: 'status', status: 'draft' }],
    });
    // T0 is 10 in the morning at the shop.
    expect(byId.get('at-night')?.smallestChange).toMatchObject({
      isPossible: true,
      changes: [{ kind: 'schedule', opensAt: new Date(T0 + 12 * HOUR_MS).toISOString() }],
    });
  });
});

test('a cap names the entries that have to go, and at the moment it names the person qualifies', () => {
  const definition = aDefinition({
    campaigns: [aCampaign({ id: 'twice', caps: { day: 2 } })],
  });
  const shown = pages(2);
  const ids = shown.map(({ messageId }) => messageId);
  const plan = compilePlan(definition);
  let profile = newProfile(aProfileId(), T0);
  const list: SiteEvent[] = [];
  for (const event of shown) {
    const applied = applyEvent(profile, event, plan, event.at);
    const [decision] = applied.decisions;
    const seen = aTrack(
      'Message Seen',
      { decision_id: decision?.decisionId ?? '' },
      { at: event.at + 1_000 },
    );
    list.push(event, seen);
    profile = applyEvent(applied.profile, seen, plan, undefined).profile;
  }
  const [capped] = explainLast(definition, [...list, anEvent({ at: T0 + HOUR_MS })]);
  expect(ids).toHaveLength(2);
  expect(capped?.outcome).toEqual({ kind: 'capped', cap: 'campaign_day', limit: 2, count: 2 });
  const [change] = capped?.smallestChange?.changes ?? [];
  if (change?.kind !== 'cap' || change.freesAt === null) {
    throw new Error('the cap is what stands in the way');
  }
  expect(change.frees).toMatchObject([{ campaignId: 'twice', frees: 'window' }]);
  const freesAt = Date.parse(change.freesAt);
  const kindAt = (at: number) =>
    explainLast(definition, [...list, anEvent({ at })]).map(({ outcome }) => outcome.kind);
  expect(kindAt(freesAt - 1)).toEqual(['capped']);
  expect(kindAt(freesAt)).toEqual(['shown']);
});

test('a reservation that was never seen frees its place when it runs out', () => {
  const definition = aDefinition({ campaigns: [aCampaign({ id: 'once', caps: { ever: 1 } })] });
  const [, second] = pages(2);
  const first = anEvent({ at: T0 });
  const [capped] = explainLast(definition, [first, second ?? first]);
  expect(capped?.caps[0]).toMatchObject({
    cap: 'campaign_ever',
    isReached: true,
    freesAt: new Date(T0 + 10 * MINUTE_MS).toISOString(),
    entries: [{ frees: 'reservation' }],
  });
});

test('what segments, variables and their branches saw is told leaf by leaf', () => {
  const definition = aDefinition({
    segments: [
      {
        id: 'vip',
        name: { en: 'VIP' },
        condition: { kind: 'trait', name: 'grade', test: { op: 'is', value: 'gold' } },
      },
    ],
    variables: [
      {
        id: 'basket',
        name: { en: 'Basket' },
        levelling: {
          kind: 'thresholds',
          of: { kind: 'cart_total', currency: 'KRW' },
          levels: [
            { id: 'low', name: { en: 'Low' }, below: 20_000 },
            { id: 'high', name: { en: 'High' } },
          ],
        },
      },
    ],
    campaigns: [
      aCampaign({
        id: 'both',
        trigger: { kind: 'event', event: { type: 'track', name: 'Product Added' } },
        audience: condition.parse({
          kind: 'all',
          of: [
            { kind: 'segment', segmentId: 'vip' as SegmentId, is: false },
            { kind: 'variable', variableId: 'basket', levels: ['high'] },
          ],
        }),
      }),
    ],
  });
  const added = aTrack('Product Added', {
    product_id: 'p1',
    price: 15_000,
    quantity: 1,
    currency: 'KRW',
  });
  const [campaign] = explainLast(definition, [added]);
  expect(campaign?.audience).toMatchObject({
    kind: 'all',
    holds: false,
    of: [
      {
        kind: 'named',
        what: 'segment',
        id: 'vip',
        is: false,
        holds: true,
        of: { kind: 'leaf', leaf: 'trait', holds: false, saw: null },
      },
      {
        kind: 'named',
        what: 'variable',
        id: 'basket',
        holds: false,
        of: { kind: 'any', of: [{ of: [{ leaf: 'cart_total', saw: 15_000, holds: false }] }] },
      },
    ],
  });
  expect(says(campaign)).toEqual(['cart total KRW 15000 -> 20000']);
});
