import { personMoment } from '@tenth/engine/evaluate/moment.ts';
import { compilePlan } from '@tenth/engine/plan/plan.ts';
import { type CellOrder, cellsReply } from '@tenth/model/cells.ts';
import { type ProfileId, type VariableId, variableId, workspaceId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitionsOf, lists } from '../conditions/testing/definitions.ts';
import { openLiveShop } from '../conditions/testing/live-shop.ts';
import type { EventLogReader } from '../sql/query.ts';
import { generateHistory, toLogRecords } from '../testing/generated-history.ts';
import { openTestLog } from '../testing/open-test-log.ts';
import { Recount } from '../testing/recount.ts';
import { SeededRandom } from '../testing/seeded-random.ts';
import { buildLevels, findBuild } from './build-levels.ts';
import { keyOfPlaces } from './cell-key-sql.ts';
import { exploreCells } from './explore-cells.ts';
import { levelIdsOf } from './level-build.ts';
import { listCellPeople } from './list-cell-people.ts';
import { PersonLevels } from './person-levels.ts';

const fromMs = Date.parse('2026-03-01T00:00:00+09:00');
const toMs = Date.parse('2026-03-31T00:00:00+09:00');
const period = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
const now = toMs + 10 * DAY_MS;
const MINE = workspaceId.parse('mine');
const OTHER = workspaceId.parse('other');

let log: Awaited<ReturnType<typeof openTestLog>>;
beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

const named = (id: string) => ({ id, name: { en: id } });
const track = (name: string) => ({ type: 'track', name });
const definition: PlanDefinition = planDefinition.parse({
  version: 1,
  settings: { name: 'Shop', timeZone: 'Asia/Seoul', currency: 'KRW' },
  segments: [],
  variables: [
    {
      ...named('views'),
      levelling: {
        kind: 'thresholds',
        of: { kind: 'event_count', event: track('Product Viewed'), window: { kind: 'ever' } },
        levels: [{ ...named('none'), below: 1 }, { ...named('some'), below: 3 }, named('many')],
      },
    },
    {
      // Whoever never signed up is at no level of it.
      ...named('signed-up'),
      levelling: {
        kind: 'thresholds',
        of: { kind: 'recency', event: track('Signed Up') },
        levels: [{ ...named('lately'), below: 25 }, named('once')],
      },
    },
    {
      ...named('pages'),
      levelling: {
        kind: 'thresholds',
        of: {
          kind: 'event_count',
          event: { type: 'page' },
          window: { kind: 'between', ...period },
        },
        levels: [{ ...named('few'), below: 4 }, named('lots')],
      },
    },
  ],
  campaigns: [
    {
      ...named('hero'),
      trigger: { kind: 'exit_intent' },
      format: { kind: 'modal' },
      variants: [{ id: 'a', weight: 1, content: {} }],
      goal: { event: track('Order Completed'), windowHours: 168 },
    },
  ],
});
const ids = definition.variables.map(({ id }) => id);
const [campaign] = definition.campaigns;

describe('over a history with orders and a campaign', () => {
  const world = { profiles: 400, fromMs, toMs, campaignIds: ['hero', 'bar'] };
  const history = generateHistory({ seed: 7, ...world });
  const plain = recountCells();
  let mine: EventLogReader;
  beforeAll(async () => {
    mine = log.readerOf(MINE);
    const others = generateHistory({ seed: 8, ...world });
    await log.append([...toLogRecords(history, MINE, 300), ...toLogRecords(others, OTHER, 300)]);
    await buildLevels(log.readerOf(OTHER), { definitions: definition, variables: ids, now });
  });

  /** Every cell once more, by plain loops over the history. */
  function recountCells() {
    const personOf = (profile: ProfileId): ProfileId => {
      const links = history.personLinks.filter((link) => link.profileId === profile);
      const latest = links.toSorted((one, other) => other.version - one.version)[0];
      const next = latest?.personId ?? profile;
      return next === profile ? profile : personOf(next);
    };
    const people = new Map<ProfileId, { views: number; pages: number; signedUpAt: number }>();
    for (const { event, profileId } of history.events.filter((logged) => !logged.event.isBot)) {
      const person = personOf(profileId);
      const known = people.get(person) ?? { views: 0, pages: 0, signedUpAt: 0 };
      const isIn = event.at >= fromMs && event.at < toMs;
      people.set(person, {
        views: known.views + (event.name === 'Product Viewed' ? 1 : 0),
        pages: known.pages + (event.type === 'page' && isIn ? 1 : 0),
        signedUpAt:
          event.name === 'Signed Up' ? Math.max(known.signedUpAt, event.at) : known.signedUpAt,
      });
    }
    const levels = new Map(
      [...people].map(([person, { views, pages, signedUpAt }]) => {
        const days = (now - signedUpAt) / DAY_MS;
        const all = [
          views < 1 ? 'none' : views < 3 ? 'some' : 'many',
          signedUpAt === 0 ? null : days < 25 ? 'lately' : 'once',
          pages < 4 ? 'few' : 'lots',
        ];
        return [person, all] as const;
      }),
    );
    const recount = new Recount(history);
    const { orders } = recount.shop(definition.settings, { fromMs, toMs });
    const { qualified } =
      campaign === undefined
        ? { qualified: [] }
        : recount.campaign(campaign, { fromMs, toMs }, definition.settings.currency);
    const compared = qualified.filter(
      ({ isDrawnBefore, isCrossedOver }) => !isDrawnBefore && !isCrossedOver,
    );
    const cellOf = (person: ProfileId, of: readonly VariableId[]) =>
      JSON.stringify(of.map((id) => levels.get(person)?.[ids.indexOf(id)] ?? null));
    return {
      people: levels.size,
      cells(of: readonly VariableId[]) {
        const cells = new Map<string, ProfileId[]>();
        for (const person of levels.keys()) {
          const key = cellOf(person, of);
          cells.set(key, [...(cells.get(key) ?? []), person]);
        }
        return new Map(
          [...cells].map(([key, members]) => {
            const own = orders.filter(({ logged }) => members.includes(personOf(logged.profileId)));
            const arm = (name: string) => {
              const drawn = compared.filter(
                ({ first }) => first.arm === name && members.includes(personOf(first.profileId)),
              );
              const converted = drawn.filter(({ isConverted }) => isConverted).length;
              return { people: drawn.length, converted };
            };
            const counted = {
              members: members.toSorted(),
              people: members.length,
              orders: own.length,
              buyers: new Set(own.map(({ logged }) => personOf(logged.profileId))).size,
              revenueMinor: own.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
              shown: arm('treatment'),
              withheld: arm('holdout'),
            };
            return [key, counted] as const;
          }),
        );
      },
    };
  }

  const levelsKept = () => buildLevels(mine, { definitions: definition, variables: ids, now });
  const ask = async (of: readonly VariableId[], more: object = {}) => {
    const variables = of.map((id) => definition.variables[ids.indexOf(id)]).filter(isThere);
    const question = {
      variables,
      campaign,
      settings: definition.settings,
      period,
      minPeople: 1,
      orderBy: 'people' as CellOrder,
      limit: 2_000,
      ...more,
    };
    return cellsReply.parse(await exploreCells(mine, await levelsKept(), question));
  };

  test.each([{ of: ids }, { of: [...ids].reverse() }, { of: ids.slice(1, 2) }])(
    'every cell of $of is as a plain recount has it',
    async ({ of }) => {
      const reply = await ask(of);
      const expected = plain.cells(of);
      const found = reply.cells.map((cell) => [
        JSON.stringify(cell.levels),
        {
          people: cell.people,
          orders: cell.orders,
          buyers: cell.buyers,
          revenueMinor: cell.revenueMinor,
          shown: pick(cell.campaign?.shown),
          withheld: pick(cell.campaign?.withheld),
        },
      ]);
      const wanted = [...expected].map(([key, { members, ...counted }]) => [key, counted]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
      for (const cell of reply.cells) {
        expect(cell.share).toBeCloseTo(cell.people / plain.people, 12);
        expect(cell.revenuePerPersonMinor).toBeCloseTo(cell.revenueMinor / cell.people, 9);
        expect(cell.conversion.raw).toBeCloseTo(cell.buyers / cell.people, 12);
        const { shown, withheld, response } = cell.campaign ?? {};
        if (shown?.rate?.raw != null && withheld?.rate?.raw != null) {
          expect(response?.raw).toBeCloseTo(shown.rate.raw - withheld.rate.raw, 12);
        }
      }
      // Something of everything, or the test would say little.
      expect(reply.totals.people).toBe(plain.people);
      expect(reply.totals.buyers).toBeGreaterThan(50);
      expect(reply.totals.campaign?.withheld.converted).toBeGreaterThan(5);
      const complete = [...expected.keys()].filter((key) => !key.includes('null')).length;
      expect(reply.occupied).toBe(complete);
      expect(reply.partial).toBe(expected.size - complete);
      expect(reply.possible).toBe(of.length === 1 ? 2 : 12);
    },
  );

  test('cells lie between what was counted and the whole, and small ones nearer to it', async () => {
    const { cells } = await ask(ids);
    for (const { conversion } of cells) {
      expect(conversion.interval.low).toBeLessThan(conversion.shrunk);
      expect(conversion.interval.high).toBeGreaterThan(conversion.shrunk);
    }
    const spread = (figures: readonly number[]) => Math.max(...figures) - Math.min(...figures);
    expect(spread(cells.map(({ conversion }) => conversion.shrunk))).toBeLessThan(
      spread(cells.map(({ conversion }) => conversion.raw ?? 0)),
    );
  });

  test('the highest come first, small cells are left out, and no more than wanted', async () => {
    for (const orderBy of ['people', 'conversion', 'response'] as const) {
      const { cells, matching } = await ask(ids, { orderBy, minPeople: 5, limit: 6 });
      const ranks = cells.map(({ people, conversion, campaign: arms }) =>
        orderBy === 'people'
          ? people
          : orderBy === 'conversion'
            ? conversion.shrunk
            : (arms?.response?.shrunk ?? 0),
      );
      expect(ranks).toEqual(ranks.toSorted((one, other) => other - one));
      expect(cells.length).toBe(Math.min(6, matching));
      expect(cells.every(({ people }) => people >= 5)).toBe(true);
    }
  });

  test('without a campaign nothing is said of one', async () => {
    const { cells, totals } = await ask(ids, { campaign: undefined });
    expect(totals.campaign).toBeNull();
    expect(cells.every((cell) => cell.campaign === null)).toBe(true);
  });

  test('the people of every cell are listed, page by page', async () => {
    const build = await levelsKept();
    for (const [key, { members }] of plain.cells(ids)) {
      const levels: (string | null)[] = JSON.parse(key);
      const places = definition.variables.map(
        (variable, index) => levelIdsOf(variable).indexOf(levels[index] ?? '') + 1,
      );
      const found: ProfileId[] = [];
      let after: ProfileId | undefined;
      do {
        const asked = { build, variables: ids, key: keyOfPlaces(places), limit: 7, after };
        const page = await listCellPeople(mine, asked);
        found.push(...page.people);
        expect(page.of).toBe(members.length);
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(found).toEqual(members);
    }
  });

  test('levels are kept: worked out again when they are old, or the definitions changed', async () => {
    let at = now + DAY_MS;
    const failures: unknown[] = [];
    let flushes = 0;
    const personLevels = new PersonLevels({
      now: () => at,
      flush: async () => {
        flushes += 1;
      },
      onFailed: (error) => failures.push(error),
    });
    const asked = { definitions: definition, variables: ids.slice(0, 1), fresh: false };
    const [first, same] = await Promise.all([
      personLevels.get(mine, asked),
      personLevels.get(mine, { ...asked, variables: ids }),
    ]);
    expect(first).toEqual(same);
    expect(flushes).toBe(1);
    at += 5 * MINUTE_MS;
    expect(await personLevels.get(mine, { ...asked, variables: ids.slice(1) })).toEqual(first);
    expect(flushes).toBe(1);
    at += 10 * MINUTE_MS;
    // Answered by what there is, while a new one is made.
    expect(await personLevels.get(mine, asked)).toEqual(first);
    const fresh = await personLevels.get(mine, { ...asked, fresh: true });
    expect(fresh.asOf).toBe(at);
    expect(flushes).toBe(2);
    const changed = { ...definition, variables: definition.variables.slice(0, 1) };
    const other = await personLevels.get(mine, { ...asked, definitions: changed });
    expect(other.variables).toEqual(['views']);
    at += 3 * 60 * MINUTE_MS;
    const later = await personLevels.get(mine, asked);
    expect(later.asOf).toBe(at);
    // What was replaced long ago is gone, of this workspace alone.
    const kept = await log.client.query({
      query:
        'SELECT workspace_id, toString(build) AS build FROM person_levels GROUP BY 1, 2 ORDER BY 1',
      format: 'JSONEachRow',
    });
    const rows = await kept.json<{ workspace_id: string; build: string }>();
    expect(rows.filter(({ workspace_id }) => workspace_id === MINE)).toEqual([
      { workspace_id: MINE, build: String(later.build) },
    ]);
    expect(rows.filter(({ workspace_id }) => workspace_id === OTHER)).toHaveLength(1);
    expect(
      await findBuild(log.readerOf('nobody'), { definitions: definition, variables: ids, now: at }),
    ).toBeUndefined();
    expect(failures).toEqual([]);
  });
});

test('people are in the cells in which the engine has them', async () => {
  const until = Date.UTC(2026, 10, 23, 14, 59, 59, 999);
  const shop = definitionsOf('Asia/Seoul');
  const random = new SeededRandom(5);
  const { people, readerOf } = await openLiveShop(log, {
    definition: shop,
    random,
    devices: 60,
    until,
    workspace: 'live',
  });
  const plan = compilePlan(shop, lists);
  const variables = shop.variables.map(({ id }) => variableId.parse(id));
  const build = await buildLevels(readerOf, { definitions: shop, variables, now: until });
  const reply = await exploreCells(readerOf, build, {
    variables: shop.variables,
    campaign: undefined,
    settings: shop.settings,
    period: {
      from: new Date(until - 30 * DAY_MS).toISOString(),
      to: new Date(until).toISOString(),
    },
    minPeople: 1,
    orderBy: 'people',
    limit: 2_000,
  });
  const expected: Record<string, number> = {};
  for (const profile of people) {
    const levels = variables.map(
      (id) => plan.variables.get(id)?.levelOf(personMoment(profile, until)) ?? null,
    );
    const key = JSON.stringify(levels);
    expected[key] = (expected[key] ?? 0) + 1;
  }
  const found = reply.cells.map((cell) => [JSON.stringify(cell.levels), cell.people]);
  expect(Object.fromEntries(found)).toEqual(expected);
  expect(found.length).toBeGreaterThan(5);
});

function pick(arm: { readonly people: number; readonly converted: number } | undefined) {
  return arm === undefined ? undefined : { people: arm.people, converted: arm.converted };
}

function isThere<Item>(item: Item | undefined): item is Item {
  return item !== undefined;
}
