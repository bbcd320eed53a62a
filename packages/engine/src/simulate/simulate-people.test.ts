import { messageEvents, type SiteEvent } from '@tenth/model/event.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { type SimulationRequest, simulationRequest } from '@tenth/model/simulation.ts';
import { HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { describe, expect, test } from 'vitest';
import { decisionIdOf } from '../hash.ts';
import type { RecordedEvent } from '../replay/recorded-event.ts';
import { aCampaign, anEvent, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { PeopleSimulation } from './simulate-people.ts';
import type { Tally } from './tally.ts';
import { compileWorlds, withTried } from './worlds.ts';

const aDefinition = (given: object = {}): PlanDefinition =>
  planDefinition.parse({
    version: 1,
    settings: { name: 'Test shop', personCaps: {} },
    segments: [],
    campaigns: [],
    ...given,
  });

const draft = aCampaign({ id: 'draft', priority: 900, caps: { ever: 2 } });

function recorded(events: readonly SiteEvent[], isDecided = true): readonly RecordedEvent[] {
  return events.map((event, index) => ({
    seq: String(index),
    profileId: aProfileId(),
    event,
    userId: undefined,
    decideAt: isDecided ? event.at : undefined,
    planVersion: 1,
    isFirst: index === 0,
    absorbed: undefined,
  }));
}

function simulate(
  people: readonly (readonly RecordedEvent[])[],
  given: object,
  definition = aDefinition(),
  period: { readonly from: number; readonly to: number } = { from: T0, to: T0 + 24 * HOUR_MS },
): Tally {
  const asked: SimulationRequest = simulationRequest.parse(given);
  const simulation = new PeopleSimulation({
    worlds: compileWorlds(
      { definitions: [definition], latest: definition, members: new Map() },
      asked,
    ),
    ...period,
    timeZone: 'Asia/Seoul',
    asked,
  });
  for (const person of people) {
    for (const event of person) {
      simulation.take(event);
    }
    simulation.finishPerson();
  }
  return simulation.tally;
}

const pages = (count: number, gap = 20 * MINUTE_MS, from = T0) =>
  Array.from({ length: count }, (_, index) => anEvent({ at: from + index * gap }));

test('a draft is shown up to its caps, by the day and the hour at the shop', () => {
  const { campaign, people, inPeriod } = simulate([recorded(pages(4))], { campaign: draft });
  expect({ people, inPeriod }).toEqual({ people: 1, inPeriod: 4 });
  expect(campaign.times).toMatchObject({ considered: 4, qualified: 4, shown: 2, capped: 2 });
  expect(campaign.people).toMatchObject({ shown: 1, capped: 1, withheld: 0 });
  expect(campaign.was.considered).toBe(0);
  // T0 is 10 in the morning in Seoul.
  expect(campaign.byDay['2026-03-02']).toMatchObject({ shown: 2, capped: 2 });
  expect(campaign.byHour[10]).toMatchObject({ shown: 2, capped: 1 });
  expect(campaign.byHour[11]).toMatchObject({ shown: 0, capped: 1 });
});

test('messages that are never seen give their places back', () => {
  const { campaign } = simulate([recorded(pages(4))], { campaign: draft, newShows: 'unseen' });
  // A reservation holds for ten minutes; the pages are twenty apart.
  expect(campaign.times).toMatchObject({ shown: 4, capped: 0 });
});

test('what really was shown is answered as it really was', () => {
  const own = aCampaign({ id: 'own', caps: { ever: 1 } });
  const definition = aDefinition({ campaigns: [own] });
  const [first = anEvent(), ...rest] = pages(3);
  const { messageId } = first;
  const seen = aTrack(
    messageEvents.seen,
    { decision_id: decisionIdOf({ profileId: aProfileId(), messageId, campaignId: own.id }) },
    { at: T0 + MINUTE_MS },
  );
  const same = { campaign: { ...own, priority: 501 } };
  const answered = simulate([recorded([first, seen, ...rest])], same, definition);
  expect(answered.campaign.times).toMatchObject({ shown: 1, capped: 2 });
  expect(answered.campaign.was).toEqual(answered.campaign.times);
  const ignored = simulate([recorded([first, ...rest])], same, definition);
  expect(ignored.campaign.times).toMatchObject({ shown: 3, capped: 0 });
});

test('others lose the place that the draft takes', () => {
  const definition = aDefinition({
    campaigns: [
      aCampaign({ id: 'rival', priority: 100, caps: {} }),
      aCampaign({ id: 'bar', format: { kind: 'top_bar' }, caps: {} }),
    ],
  });
  const { others, campaign } = simulate([recorded(pages(3))], { campaign: draft }, definition);
  expect(campaign.times).toMatchObject({ shown: 2, capped: 1 });
  expect(others).toMatchObject({
    rival: { shownAsItWas: 3, shownThen: 1, lost: 2, gained: 0, peopleLost: 1 },
    bar: { shownAsItWas: 3, shownThen: 3, lost: 0, gained: 0, peopleLost: 0 },
  });
});

test('what was decided before the period counts towards the caps', () => {
  const own = aCampaign({ id: 'own', holdoutShare: 0, caps: { ever: 1 } });
  const definition = aDefinition({ campaigns: [own] });
  const before = pages(1, 0, T0 - 5 * MINUTE_MS);
  const { campaign, events, inPeriod } = simulate(
    [recorded([...before, ...pages(1)])],
    { campaign: { ...own, priority: 999 } },
    definition,
  );
  expect({ events, inPeriod }).toEqual({ events: 2, inPeriod: 1 });
  expect(campaign.times).toMatchObject({ considered: 1, capped: 1 });
});

test('a figure that nothing published counts is counted from the start', () => {
  const early = pages(3, MINUTE_MS, T0 - HOUR_MS);
  const { campaign } = simulate([recorded([...early, ...pages(1)])], {
    campaign: {
      ...draft,
      audience: {
        kind: 'event_count',
        event: { type: 'page' },
        window: { kind: 'ever' },
        test: { op: 'gte', value: 4 },
      },
    },
  });
  expect(campaign.times.shown).toBe(1);
});

describe('one profile stands for both worlds', () => {
  const ever = (name: string) => ({
    kind: 'event_count' as const,
    event: { type: 'track' as const, name },
    window: { kind: 'ever' as const },
    test: { op: 'gte' as const, value: 1 },
  });
  const isShared = (definitions: readonly PlanDefinition[], given: object) =>
    compileWorlds(
      { definitions, latest: definitions[0] ?? aDefinition(), members: new Map() },
      simulationRequest.parse(given),
    ).isSameState;
  const asking = (name: string, more: object[] = []) => ({
    ...draft,
    audience: { kind: 'all' as const, of: [ever(name), ...more] as never[] },
  });

  test('also where the draft counts something of its own, or no longer what it did', () => {
    const event = { kind: 'event', filters: [{ path: 'name', test: { op: 'exists' } }] };
    expect(isShared([aDefinition()], { campaign: asking('A', [event]) })).toBe(true);
    const before = aDefinition({ campaigns: [asking('A')] });
    expect(isShared([before], { campaign: asking('B') })).toBe(true);
  });

  test('but not where history counted it from another version on', () => {
    const later = aDefinition({
      version: 2,
      campaigns: [aCampaign({ id: 'own', audience: ever('A') })],
    });
    expect(isShared([aDefinition(), later], { campaign: asking('A') })).toBe(false);
    expect(isShared([later], { campaign: asking('A') })).toBe(true);
  });
});

describe('events that nobody waited on', () => {
  const imported = [recorded(pages(3), false)];

  test('bring nothing about', () => {
    const { campaign, decided, inPeriod } = simulate(imported, { campaign: draft });
    expect({ decided, inPeriod }).toEqual({ decided: 0, inPeriod: 3 });
    expect(campaign.times.considered).toBe(0);
  });

  test('are taken for visits when asked to be', () => {
    const { campaign } = simulate(imported, { campaign: draft, moments: 'every_event' });
    expect(campaign.times).toMatchObject({ shown: 2, capped: 1 });
  });
});

test('a goal that was reached anyway counts once a person, within its window', () => {
  const goal = { event: { type: 'track' as const, name: 'Order Completed' }, windowHours: 1 };
  const order = (at: number) => aTrack('Order Completed', {}, { at });
  const campaign = { ...draft, goal };
  const reached = (events: readonly SiteEvent[]) =>
    simulate([recorded(events)], { campaign }).campaign.reachedGoal;
  const [page = anEvent()] = pages(1);
  expect(reached([page, order(T0 + MINUTE_MS), order(T0 + 2 * MINUTE_MS)])).toBe(1);
  expect(reached([page, order(T0 + 2 * HOUR_MS)])).toBe(0);
  expect(reached([order(T0), page])).toBe(0);
});

test('a person whose beginning is missing is told of', () => {
  const [first, ...rest] = recorded(pages(2));
  expect(simulate([rest], { campaign: draft }).isWhole).toBe(false);
  expect(simulate([[first ?? expect.fail(), ...rest]], { campaign: draft }).isWhole).toBe(true);
});

test('an older plan gets what the draft names and it had not yet, and nothing else', () => {
  const name = { en: 'Name' };
  const level = (id: string, more: object = {}) => ({ id, name, ...more });
  const latest = aDefinition({
    version: 2,
    segments: [
      { id: 'big', name, condition: { kind: 'variable', variableId: 'size', levels: ['l'] } },
      { id: 'other', name, condition: { kind: 'member', is: true } },
    ],
    variables: [
      {
        id: 'size',
        name,
        levelling: {
          kind: 'rules',
          levels: [
            level('l', { condition: { kind: 'list', listId: 'invited', is: true } }),
            level('s'),
          ],
        },
      },
    ],
    lists: [{ id: 'invited', name, by: 'user_id', version: 1, members: 1 }],
  });
  const audience = { kind: 'segment' as const, segmentId: 'big' as never, is: true };
  const tried = simulationRequest.parse({ campaign: { ...draft, status: 'draft', audience } });
  const { segments, variables, lists, campaigns } = withTried(aDefinition(), latest, tried);
  expect(segments.map(({ id }) => id)).toEqual(['big']);
  expect(variables).toEqual(latest.variables);
  expect(lists).toEqual(latest.lists);
  expect(campaigns).toMatchObject([{ id: 'draft', status: 'live' }]);
});
