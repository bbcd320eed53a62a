import type { SiteEvent } from '@tenth/model/event.ts';
import { profileId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { describe, expect, test } from 'vitest';
import { type Applied, applyEvent } from '../apply.ts';
import type { Plan } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import { aCampaign, anEvent, aPlan, aProfileId, aTrack, T0 } from '../testing/builders.ts';

const fromNaver: SiteEvent['arrival'] = {
  ...anEvent().arrival,
  channel: 'organic_search',
  source: 'naver',
  keyword: '셔츠',
  referrerHost: 'search.naver.com',
  by: 'referrer',
};

/** Walks a person through events, deciding at each; gives what each event brought. */
function walk(plan: Plan, events: readonly SiteEvent[], letter = 'a'): Applied[] {
  let profile: Profile = newProfile(aProfileId(letter), T0);
  return events.map((event) => {
    const applied = applyEvent(profile, event, plan, event.at);
    profile = applied.profile;
    return applied;
  });
}

const outcomesOf = (applied: Applied | undefined) =>
  applied?.trace?.considered.map(({ campaignId, outcome }) => [campaignId, outcome.kind]);

const shownIn = (applied: readonly Applied[]) =>
  applied.map(({ decisions }) =>
    decisions.filter(({ action }) => action === 'show').map(({ campaignId }) => campaignId),
  );

const pages = (count: number, given: Partial<SiteEvent> = {}) =>
  Array.from({ length: count }, (_, index) =>
    anEvent({
      at: T0 + index * MINUTE_MS,
      ...(index === 0 ? { arrival: fromNaver } : {}),
      ...given,
    }),
  );

describe('first visit from a portal, fourth page', () => {
  const plan = aPlan({
    campaigns: [
      aCampaign({
        id: 'welcome',
        trigger: { kind: 'page_count', pages: 4 },
        audience: {
          kind: 'all',
          of: [
            { kind: 'visitor', is: 'new' },
            { kind: 'member', is: false },
            { kind: 'channel_in', channels: ['organic_search', 'portal'] },
          ],
        },
      }),
    ],
  });

  test('is shown at the fourth page and at no other', () => {
    expect(shownIn(walk(plan, pages(6)))).toEqual([[], [], [], ['welcome'], [], []]);
  });

  test('a visitor who came directly is told apart, with the place and the value in the trace', () => {
    const [, , , fourth] = walk(plan, pages(4, { arrival: anEvent().arrival }));
    expect(fourth?.trace?.considered[0]?.outcome).toEqual({
      kind: 'failed',
      stage: 'audience',
      path: 'audience.all[2]',
      condition: 'session channel in organic_search, portal',
      saw: 'direct',
    });
  });

  test('a returning visitor does not get it', () => {
    const nextDay = pages(4).map((event) => ({ ...event, at: event.at + DAY_MS }));
    expect(shownIn(walk(plan, [...pages(1), ...nextDay])).flat()).toEqual([]);
  });

  test('a bot changes nothing and gets nothing', () => {
    const walked = walk(plan, pages(4, { isBot: true }));
    expect(walked.at(-1)?.profile.devices).toEqual([]);
    expect(shownIn(walked).flat()).toEqual([]);
  });
});

describe('a cart in a band', () => {
  const inBand = {
    kind: 'cart_total',
    currency: 'KRW',
    test: { op: 'between', from: 20_000, to: 30_000 },
  } as const;
  const plan = aPlan({
    campaigns: [
      aCampaign({
        id: 'shipping',
        trigger: { kind: 'cart_band', currency: 'KRW', from: 20_000, to: 30_000 },
        keepWhile: inBand,
        format: { kind: 'bottom_bar' },
        variants: [
          {
            id: 'a',
            content: {
              title: { ko: '{{ 30000 | minus: cart.total | money }} 더 담으면 무료배송' },
              progress: { value: '{{ cart.total }}', max: 30_000 },
            },
          },
        ],
      }),
    ],
  });
  const add = (price: number, id = 'p1') =>
    aTrack('Product Added', { product_id: id, price, currency: 'KRW' });
  const titles = (applied: Applied | undefined) =>
    applied?.decisions.map((decision) =>
      decision.action === 'withdraw'
        ? 'withdrawn'
        : `${decision.action}: ${decision.content.title}`,
    );

  test('names the right amount, follows the cart over pages, and goes when the band is left', () => {
    const walked = walk(plan, [
      add(20_000),
      add(5_000, 'p2'),
      anEvent(),
      add(5_000, 'p3'),
      aTrack('Product Removed', { product_id: 'p3', currency: 'KRW' }),
    ]);
    expect(walked.map(titles)).toEqual([
      ['show: ₩10,000 더 담으면 무료배송'],
      ['update: ₩5,000 더 담으면 무료배송'],
      ['update: ₩5,000 더 담으면 무료배송'],
      ['withdrawn'],
      // Once a session unless set otherwise.
      [],
    ]);
    expect(walked[0]?.decisions).toMatchObject([{ staysOverPages: true }]);
  });

  test('a dismissed bar stays away', () => {
    const [shown] = walk(plan, [add(20_000)]);
    const decisionId = shown?.decisions[0]?.decisionId ?? '';
    const dismissed = aTrack('Message Dismissed', { decision_id: decisionId });
    const first = add(20_000);
    const again = walk(plan, [
      first,
      {
        ...dismissed,
        properties: { decision_id: walk(plan, [first])[0]?.decisions[0]?.decisionId ?? '' },
      },
      add(1_000, 'p2'),
      anEvent(),
    ]);
    expect(again.slice(1).flatMap(({ decisions }) => decisions)).toEqual([]);
  });

  test('a cart in another currency is not taken for won', () => {
    const dollars = aTrack('Product Added', { product_id: 'p1', price: 20_000, currency: 'USD' });
    expect(walk(plan, [dollars])[0]?.decisions).toEqual([]);
  });
});

describe('holdout', () => {
  const plan = aPlan({ campaigns: [aCampaign({ id: 'welcome', holdoutShare: 0.5 })] });

  test('withholds from about the set share, says nothing to the client, and records the moment', () => {
    const walks = Array.from({ length: 400 }, (_, person) => {
      const profile = { ...newProfile(aProfileId(), T0), id: `person-${person}` as never };
      return applyEvent(profile, anEvent(), plan, T0);
    });
    const withheld = walks.filter(({ logged }) => logged[0]?.arm === 'holdout');
    expect(withheld.length).toBeGreaterThan(160);
    expect(withheld.length).toBeLessThan(240);
    for (const { decisions, logged, trace } of withheld) {
      expect(decisions).toEqual([]);
      expect(logged[0]?.probability).toBe(0.5);
      expect(trace?.considered[0]?.outcome.kind).toBe('withheld');
    }
  });

  test('leaves the place to the next campaign, as if this one did not exist', () => {
    const rivals = aPlan({
      campaigns: [
        aCampaign({ id: 'first', priority: 900, holdoutShare: 0.9 }),
        aCampaign({ id: 'second', priority: 100 }),
      ],
    });
    const walked = Array.from({ length: 50 }, (_, person) =>
      applyEvent(
        { ...newProfile(aProfileId(), T0), id: `person-${person}` as never },
        anEvent(),
        rivals,
        T0,
      ),
    );
    const kinds = new Set(walked.map((applied) => JSON.stringify(outcomesOf(applied))));
    expect([...kinds].sort()).toEqual([
      '[["first","shown"],["second","crowded_out"]]',
      '[["first","withheld"],["second","shown"]]',
    ]);
  });
});

describe('caps', () => {
  test('a campaign is shown once a session unless set otherwise, and again in the next', () => {
    const plan = aPlan({ campaigns: [aCampaign({ id: 'welcome' })] });
    const nextDay = pages(2).map((event) => ({ ...event, at: event.at + 2 * DAY_MS }));
    expect(shownIn(walk(plan, [...pages(2), ...nextDay]))).toEqual([
      ['welcome'],
      [],
      ['welcome'],
      [],
    ]);
  });

  test('a person gets no more than the cap over all campaigns, overlays apart', () => {
    const plan = aPlan({
      settings: { name: 'Test shop', personCaps: { day: 2 } },
      campaigns: ['a', 'b', 'c'].map((id) =>
        aCampaign({ id, exclusiveGroup: id, format: { kind: 'top_bar' } }),
      ),
    });
    const [first] = walk(plan, pages(1));
    expect(outcomesOf(first)).toEqual([
      ['a', 'shown'],
      ['b', 'shown'],
      ['c', 'capped'],
    ]);
  });

  test('a reservation that nobody confirms is released after its time, a confirmed one is not', () => {
    const plan = aPlan({ campaigns: [aCampaign({ id: 'welcome', caps: { day: 1 } })] });
    const first = anEvent();
    const seen = (decisionId: string) => aTrack('Message Seen', { decision_id: decisionId });
    const later = anEvent({ at: T0 + 11 * MINUTE_MS });
    const decisionId = walk(plan, [first])[0]?.decisions[0]?.decisionId ?? '';
    expect(shownIn(walk(plan, [first, later]))).toEqual([['welcome'], ['welcome']]);
    expect(shownIn(walk(plan, [first, seen(decisionId), later]))).toEqual([['welcome'], [], []]);
  });

  test('never two overlays at once: the lower priority is crowded out', () => {
    const plan = aPlan({
      campaigns: [
        aCampaign({ id: 'low', priority: 1, format: { kind: 'slide_in' } }),
        aCampaign({ id: 'high', priority: 9 }),
      ],
    });
    const [first] = walk(plan, pages(1));
    expect(outcomesOf(first)).toEqual([
      ['high', 'shown'],
      ['low', 'crowded_out'],
    ]);
  });
});

describe('schedule', () => {
  test('runs only in its hours and weekdays of the workspace time zone', () => {
    const plan = aPlan({
      campaigns: [
        aCampaign({ id: 'night', schedule: { hours: { from: 21, to: 2 }, weekdays: [1] } }),
      ],
    });
    const at = (hour: number) => anEvent({ at: Date.UTC(2026, 2, 2, hour - 9) });
    expect(shownIn(walk(plan, [at(22)]))).toEqual([['night']]);
    expect(walk(plan, [at(12)])[0]?.trace?.considered[0]?.outcome).toMatchObject({
      stage: 'schedule',
      path: 'schedule.hours',
      saw: 12,
    });
  });
});

describe('what a public key may reveal', () => {
  const plan = aPlan({
    campaigns: [
      aCampaign({
        id: 'hello',
        caps: { session: 10 },
        variants: [
          { id: 'a', content: { title: { en: 'Hi {{ person.name | default: "there" }}' } } },
        ],
      }),
    ],
  });
  const identify = anEvent({ type: 'identify', userId: 'u1', traits: { name: 'Jane' } });
  const titleFor = (event: SiteEvent) => {
    const last = walk(plan, [identify, event]).at(-1)?.decisions[0];
    return last?.action === 'show' ? last.content.title : undefined;
  };

  test('a name is shown to the browser that sent it', () => {
    expect(titleFor(anEvent({ userId: 'u1' }))).toBe('Hi Jane');
  });

  test('another browser that only claims the userId gets the default', () => {
    expect(titleFor(anEvent({ userId: 'u1', anonymousId: 'stranger' }))).toBe('Hi there');
  });

  test('a signed identity gets the name on any browser', () => {
    const signed = anEvent({ userId: 'u1', anonymousId: 'tablet', isVerified: true });
    expect(titleFor(signed)).toBe('Hi Jane');
  });
});

describe('content', () => {
  const titled = (title: string) =>
    aPlan({
      campaigns: [
        aCampaign({ id: 'c', variants: [{ id: 'a', content: { title: { en: title } } }] }),
      ],
    });

  test('a template that does not parse is refused with its place', () => {
    expect(() => titled('{{ person.name | }')).toThrowError(
      expect.objectContaining({ path: 'campaigns.c.variants[0].content.title' }),
    );
  });

  test('an address that would run a script is never sent', () => {
    const plan = aPlan({
      campaigns: [
        aCampaign({
          id: 'c',
          variants: [
            {
              id: 'a',
              content: {
                actions: [{ label: { en: 'Go' }, url: { en: '{{ event.properties.to }}' } }],
              },
            },
          ],
        }),
      ],
    });
    const [first] = walk(plan, [anEvent({ properties: { to: 'java\nscript:alert(1)' } })]);
    expect(first?.decisions).toEqual([]);
    expect(outcomesOf(first)).toEqual([['c', 'not_rendered']]);
  });

  test('a template cannot loop for ever', () => {
    const [first] = walk(titled('{% for i in (1..100000000) %}x{% endfor %}'), pages(1));
    expect(outcomesOf(first)).toEqual([['c', 'not_rendered']]);
  });

  test('whom it fails for is in neither arm, so that both lose alike', () => {
    const plan = aPlan({
      campaigns: [
        aCampaign({
          id: 'c',
          holdoutShare: 0.5,
          variants: [
            {
              id: 'a',
              content: {
                actions: [{ label: { en: 'Go' }, url: { en: '{{ event.properties.to }}' } }],
              },
            },
          ],
        }),
      ],
    });
    const people = Array.from({ length: 1_000 }, (_, index) => {
      const to = index % 2 === 0 ? '/cart' : 'javascript:alert(1)';
      const profile = newProfile(profileId.parse(String(index).padStart(26, '0')), T0);
      return applyEvent(profile, anEvent({ properties: { to } }), plan, T0);
    });
    const rendered = people.filter((_, index) => index % 2 === 0);
    const failed = people.filter((_, index) => index % 2 === 1);
    expect(new Set(failed.map((applied) => outcomesOf(applied)?.[0]?.[1]))).toEqual(
      new Set(['not_rendered']),
    );
    expect(
      failed.flatMap(({ logged, profile }) => [
        ...logged,
        ...profile.ledger,
        ...Object.keys(profile.assignments),
      ]),
    ).toEqual([]);
    expect(rendered.every(({ logged }) => logged.length === 1)).toBe(true);
    const inArm = (arm: string) => rendered.filter(({ logged }) => logged[0]?.arm === arm);
    expect(inArm('treatment').every(({ decisions }) => decisions.length === 1)).toBe(true);
    expect(inArm('holdout').every(({ decisions }) => decisions.length === 0)).toBe(true);
    // Five standard errors of a half over 500 people.
    expect(Math.abs(inArm('holdout').length - 250)).toBeLessThan(56);
  });

  test('a message that is up and can no longer be rendered stays, and nothing else is lost', () => {
    const always = { kind: 'all', of: [] } as const;
    const plan = aPlan({
      campaigns: [
        aCampaign({
          id: 'breaks',
          keepWhile: always,
          format: { kind: 'bottom_bar' },
          variants: [
            {
              id: 'a',
              content: { title: { en: '{% for i in (1..event.properties.n) %}x{% endfor %}' } },
            },
          ],
        }),
        aCampaign({ id: 'other', format: { kind: 'modal' } }),
      ],
    });
    const walked = walk(plan, [
      anEvent({ properties: { n: 3 } }),
      anEvent({ properties: { n: 999_999_999 }, at: T0 + MINUTE_MS }),
    ]);
    expect(walked[0]?.decisions[0]).toMatchObject({ content: { title: 'xxx' } });
    expect(outcomesOf(walked[1])).toContainEqual(['breaks', 'not_rendered']);
    expect(walked[1]?.decisions.filter(({ campaignId }) => campaignId === 'breaks')).toEqual([]);
    expect(outcomesOf(walked[1])?.map(([id]) => id)).toContain('other');
  });

  test('values are escaped in custom HTML', () => {
    const plan = aPlan({
      campaigns: [
        aCampaign({
          id: 'c',
          variants: [{ id: 'a', content: { html: { en: '<b>{{ event.properties.q }}</b>' } } }],
        }),
      ],
    });
    const [first] = walk(plan, [anEvent({ properties: { q: '<script>' } })]);
    expect(first?.decisions[0]).toMatchObject({ content: { html: '<b>&lt;script&gt;</b>' } });
  });
});

test('segments that refer to each other in a circle are refused by name', () => {
  const segment = (id: string, other: string) => ({
    id,
    name: { en: id },
    condition: { kind: 'segment', segmentId: other, is: true } as const,
  });
  expect(() => aPlan({ segments: [segment('a', 'b'), segment('b', 'a')] as never })).toThrowError(
    /segment a -> segment b -> segment a/,
  );
});

test('a campaign that names an unknown segment is refused with its place', () => {
  const audience = { kind: 'segment', segmentId: 'gone', is: true } as const;
  expect(() =>
    aPlan({ campaigns: [aCampaign({ id: 'c', audience: audience as never })] }),
  ).toThrowError(expect.objectContaining({ path: 'campaigns.c.audience' }));
});

test('the same events through the same plan give the same decisions, byte for byte', () => {
  const plan = aPlan({
    campaigns: [
      aCampaign({ id: 'a', caps: { session: 3 }, holdoutShare: 0.3 }),
      aCampaign({ id: 'b', format: { kind: 'top_bar' }, holdoutShare: 0.3 }),
    ],
  });
  const events = [...pages(5), aTrack('Product Added', { product_id: 'p', price: 1 }), ...pages(2)];
  expect(JSON.stringify(walk(plan, events))).toBe(JSON.stringify(walk(plan, events)));
});
