import { compilePlan } from '@tenth/engine/plan/plan.ts';
import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import { PeopleSimulation } from '@tenth/engine/simulate/simulate-people.ts';
import { sampled, type Tally } from '@tenth/engine/simulate/tally.ts';
import { compileWorlds, type Worlds, withTried } from '@tenth/engine/simulate/worlds.ts';
import { aCampaign } from '@tenth/engine/testing/builders.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import {
  type SimulationLine,
  type SimulationRequest,
  type SimulationResult,
  simulationRequest,
} from '@tenth/model/simulation.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestLog } from '../measure/testing/open-test-log.ts';
import { listRecordedEvents } from '../replay/list-recorded-events.ts';
import { PlanVersions } from '../replay/plan-versions.ts';
import { clickstreamMissing, readClickstream } from '../replay/testing/clickstream.ts';
import { type RecordedStream, recordStream } from '../replay/testing/record-stream.ts';
import { shopPlans } from '../replay/testing/shop-plans.ts';
import { buildForNode } from '../stores/postgres/testing/pglite-worker-build.ts';
import { runSimulation } from './run-simulation.ts';

const SHOP = workspaceId.parse('shop');
const viewed = { type: 'track' as const, name: 'Product Viewed' };

describe.skipIf(clickstreamMissing !== undefined)(
  `on a real clickstream${clickstreamMissing === undefined ? '' : `: ${clickstreamMissing}`}`,
  () => {
    const definitions = shopPlans();
    const latest = definitions[2] ?? expect.fail('there are three');
    const plans = new PlanVersions({
      find: async (_, version) => definitions.find((one) => one.version === version),
    });
    let log: Awaited<ReturnType<typeof openTestLog>>;
    let stream: RecordedStream;
    let workerUrl: URL;
    let period: { from: string; to: string };

    beforeAll(async () => {
      workerUrl = await buildForNode(
        new URL('simulation-worker.ts', import.meta.url).pathname,
        'simulation-worker',
      );
      stream = await recordStream(await readClickstream(), { workspaceId: SHOP, definitions });
      log = await openTestLog();
      for (let from = 0; from < stream.records.length; from += 1_000) {
        await log.append(stream.records.slice(from, from + 1_000));
      }
      const times = events().map(({ event }) => event.at);
      // The first hour is history.
      period = {
        from: new Date(Math.min(...times) + HOUR_MS).toISOString(),
        to: new Date(Math.max(...times) + HOUR_MS).toISOString(),
      };
    });
    afterAll(() => log?.close());

    const events = () => stream.records.flatMap((record) => record.events);

    async function start(given: object, workers = 2, signal = new AbortController().signal) {
      return runSimulation(
        { log: log.readerOf(SHOP), plans, workerUrl, now: Date.now, workers },
        { request: simulationRequest.parse(given), period, latest, lists: new Map(), signal },
      );
    }

    async function simulate(given: object, workers = 2): Promise<SimulationResult> {
      const lines: SimulationLine[] = [];
      for await (const line of await start(given, workers)) {
        lines.push(line);
      }
      const last = lines.at(-1);
      if (last?.kind !== 'result') {
        throw new Error('the last line is the result');
      }
      return last.result;
    }

    async function tablesLeft(): Promise<number> {
      const reply = await log.client.query({
        query: "SELECT name FROM system.tables WHERE startsWith(name, 'simulation_')",
        format: 'JSONEachRow',
      });
      return (await reply.json()).length;
    }

    const draft = aCampaign({
      id: 'draft',
      trigger: { kind: 'event', event: viewed },
      priority: 1_000,
      holdoutShare: 0.1,
      audience: {
        kind: 'event_count',
        event: viewed,
        window: { kind: 'last_hours', hours: 2 },
        test: { op: 'gte', value: 2 },
      },
      goal: { event: { type: 'track', name: 'Order Completed' } },
    });

    test('a campaign as it is changes nothing, and gives the figures of what was logged', async () => {
      const campaign = latest.campaigns.find(({ id }) => id === 'members');
      const result = await simulate({ campaign });
      expect(result.campaign?.times).toEqual(result.campaign?.timesAsItWas);
      expect(result.others).toEqual([]);
      const from = Date.parse(period.from);
      const logged = stream.records.flatMap(({ decisions }) =>
        decisions.filter(({ campaignId, at }) => campaignId === 'members' && at >= from),
      );
      expect(result.campaign?.times.shown).toBe(
        logged.filter(({ arm }) => arm === 'treatment').length,
      );
      expect(result.campaign?.people.shown).toBeGreaterThan(0);
      expect(result.planVersions).toEqual([4, 5, 6]);
      expect(result.isWhole).toBe(true);
      const people = new Set(
        events()
          .filter(({ run, event }) => (run?.decideAt ?? event.at) >= from)
          .map(({ profileId }) => profileId),
      );
      // Merged profiles are one person.
      expect(result.people).toBeLessThanOrEqual(people.size);
      expect(result.people).toBeGreaterThan(people.size * 0.95);
    });

    test('a draft is shown, withheld and capped, and takes the place of others', async () => {
      const result = await simulate({ campaign: draft, costPerShow: 0.5, costPerConversion: 3 });
      const { campaign, others, cases } = result;
      if (campaign === null) {
        throw new Error('there is a campaign');
      }
      const { times, byDay, byHour, cost } = campaign;
      expect(times.shown).toBeGreaterThan(100);
      expect(times.withheld).toBeGreaterThan(10);
      expect(times.capped).toBeGreaterThan(100);
      expect(times.qualified).toBe(
        times.shown + times.withheld + times.capped + times.crowdedOut + times.notRendered,
      );
      expect(campaign.timesAsItWas.considered).toBe(0);
      expect(others.find(({ campaignId }) => campaignId === 'third-view')?.lost).toBeGreaterThan(0);
      for (const figure of ['shown', 'withheld', 'capped', 'crowdedOut', 'qualified'] as const) {
        const sum = (slots: readonly { [Name in typeof figure]: number }[]) =>
          slots.reduce((total, slot) => total + slot[figure], 0);
        expect(sum(byDay)).toBe(times[figure]);
        expect(sum(byHour)).toBe(times[figure]);
      }
      expect(campaign.reachedGoalAnyway).toBeGreaterThan(0);
      expect(cost).toEqual({
        currency: 'USD',
        shows: times.shown * 0.5,
        conversions: campaign.reachedGoalAnyway * 3,
        total: times.shown * 0.5 + campaign.reachedGoalAnyway * 3,
      });
      expect(cases.filter(({ kind }) => kind === 'shown')).toHaveLength(20);
      expect(cases.filter(({ kind }) => kind === 'lost').length).toBeGreaterThan(0);
      const ids = new Set(events().map(({ profileId }) => profileId));
      expect(cases.every(({ profileId }) => ids.has(profileId))).toBe(true);
      expect(result.unknown.join(' ')).toContain('How people would have responded');
    });

    test('says the same on one thread as on three', async () => {
      const [one, three] = [
        await simulate({ campaign: draft }, 1),
        await simulate({ campaign: draft }, 3),
      ];
      expect({ ...three, took: null }).toEqual({ ...one, took: null });
    });

    test('one profile for both worlds says the same as two', async () => {
      const ids = [...new Set(events().map(({ profileId }) => profileId))];
      const all: RecordedEvent[] = [];
      for await (const page of listRecordedEvents(log.readerOf(SHOP), ids)) {
        all.push(...page);
      }
      const people = groupByPerson(all);
      const stricter = latest.campaigns.find(({ id }) => id === 'third-view');
      const changed = { ...stricter, caps: { week: 3 }, priority: 1_000 };
      const run = (worlds: Worlds, tried: SimulationRequest): Tally => {
        const simulation = new PeopleSimulation({
          worlds,
          from: Date.parse(period.from),
          to: Date.parse(period.to),
          timeZone: 'Asia/Seoul',
          asked: tried,
        });
        for (const person of people) {
          for (const event of person) {
            simulation.take(event);
          }
          simulation.finishPerson();
        }
        return { ...simulation.tally, cases: sampled(simulation.tally.cases, 20) };
      };
      for (const campaign of [changed, draft]) {
        const tried = simulationRequest.parse({ campaign });
        const worlds = compileWorlds({ definitions, latest, members: new Map() }, tried);
        expect(worlds.isSameState).toBe(true);
        const shared = run(worlds, tried);
        expect(shared).toEqual(run({ ...worlds, isSameState: false }, tried));
        const plain = new Map(
          definitions.map((was) => [
            was.version,
            { was: compilePlan(was), would: compilePlan(withTried(was, latest, tried)) },
          ]),
        );
        const plansOf = (version: number) => plain.get(version) ?? expect.fail('a known version');
        expect(shared).toEqual(run({ ...worlds, plansOf, isSameState: false }, tried));
        expect(shared.campaign.times.shown).not.toBe(shared.campaign.was.shown);
      }
    });

    test('fewer messages a person are tried out without a campaign', async () => {
      const result = await simulate({ personCaps: { day: 1 } });
      expect(result.campaign).toBeNull();
      expect(result.others.reduce((sum, { lost }) => sum + lost, 0)).toBeGreaterThan(0);
      expect(result.others.reduce((sum, { gained }) => sum + gained, 0)).toBeLessThan(
        result.others.reduce((sum, { lost }) => sum + lost, 0),
      );
    });

    test('what does not compile is refused by name, before anything is read', async () => {
      const campaign = { ...draft, audience: { kind: 'segment', segmentId: 'gone', is: true } };
      await expect(start({ campaign })).rejects.toMatchObject({
        code: 'definition-invalid',
        field: 'campaign.audience',
      });
      expect(await tablesLeft()).toBe(0);
    });

    test('whoever leaves ends it, and nothing stays behind', async () => {
      const stopped = new AbortController();
      const lines = await start({ campaign: draft }, 2, stopped.signal);
      const read = async () => {
        for await (const line of lines) {
          expect(line.kind).toBe('progress');
          stopped.abort();
        }
      };
      await expect(read()).rejects.toThrow();
      for (let tries = 0; (await tablesLeft()) > 0 && tries < 100; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await tablesLeft()).toBe(0);
    });
  },
);

/** Events of each person together, each in the order of the log. */
function groupByPerson(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const personOf = new Map<string, string>();
  for (const { profileId, absorbed } of events) {
    if (absorbed !== undefined) {
      personOf.set(absorbed, profileId);
    }
  }
  const people = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const person = personOf.get(event.profileId) ?? event.profileId;
    people.set(person, [...(people.get(person) ?? []), event]);
  }
  return [...people.values()];
}
