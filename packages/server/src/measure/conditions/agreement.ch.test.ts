import { personMoment } from '@tenth/engine/evaluate/moment.ts';
import { compilePlan } from '@tenth/engine/plan/plan.ts';
import { arbitraryCondition } from '@tenth/engine/testing/condition-arbitrary.ts';
import type { Condition } from '@tenth/model/condition.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestLog } from '../testing/open-test-log.ts';
import { SeededRandom } from '../testing/seeded-random.ts';
import { listPeopleWhere } from './people-where.ts';
import { definitionsOf, edgeConditions, lists, vocabulary } from './testing/definitions.ts';
import { openLiveShop } from './testing/live-shop.ts';

/*
 * The promise that everything over everybody rests on: a condition means the same to the engine, which
 * keeps a profile up to date event by event, and to the SQL, which reads the log. Random conditions over
 * the whole language, random histories with merges, and each person must agree.
 */
const SEED = Number(process.env.AGREEMENT_SEED ?? 20261123);
const CONDITIONS = Number(process.env.AGREEMENT_CONDITIONS ?? 60);

const worlds: readonly { readonly zone: string; readonly until: EpochMs }[] = [
  // The night on which New York's clocks go forward, at noon after it.
  { zone: 'America/New_York', until: Date.UTC(2026, 2, 8, 17) },
  { zone: 'Asia/Seoul', until: Date.UTC(2026, 10, 23, 14, 59, 59, 999) },
  // The night on which Berlin's go back.
  { zone: 'Europe/Berlin', until: Date.UTC(2026, 9, 25, 1, 30) },
];

let log: Awaited<ReturnType<typeof openTestLog>>;
beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

describe.each(worlds.map((world, index) => ({ ...world, index })))('in $zone', (world) => {
  test(`the engine and the SQL agree on everybody (seed ${SEED})`, async () => {
    const random = new SeededRandom(SEED + world.index);
    const drawn = fc.sample(
      arbitraryCondition({ ...vocabulary, without: ['event'], now: world.until }),
      { numRuns: CONDITIONS, seed: SEED + world.index },
    );
    const conditions = [...edgeConditions, ...drawn];
    const definition = definitionOf(conditions, world.zone);
    const { people, readerOf } = await openLiveShop(log, {
      definition,
      random,
      devices: 60,
      until: world.until,
      workspace: `world-${world.index}`,
    });
    const plan = compilePlan(definition, lists);
    let pairs = 0;
    let held = 0;
    const disagreements: object[] = [];
    for (const [index, condition] of conditions.entries()) {
      const now = world.until + random.pick([0, 0, 0, MINUTE_MS, DAY_MS, 30 * DAY_MS]);
      const segment = plan.segments.find(({ id }) => id === `s${index}`);
      const ofEngine = people
        .filter((profile) => segment?.condition.holds(personMoment(profile, now)) ?? false)
        .map(({ id }) => id)
        .sort();
      const ofSql = await listPeopleWhere(readerOf, { definitions: definition, now, condition });
      if (JSON.stringify(ofSql) !== JSON.stringify(ofEngine)) {
        disagreements.push({ at: new Date(now).toISOString(), condition, ofSql, ofEngine });
      }
      pairs += people.length;
      held += ofEngine.length;
    }
    process.stdout.write(
      `agreement, ${world.zone}: ${conditions.length} conditions on ${people.length} people, ${pairs} pairs, ${held} held\n`,
    );
    expect(disagreements).toEqual([]);
    // Neither all nor nothing, or the test would say little.
    expect(held).toBeGreaterThan(pairs / 20);
    expect(held).toBeLessThan((pairs * 19) / 20);
  }, 600_000);
});

function definitionOf(conditions: readonly Condition[], timeZone: string): PlanDefinition {
  return planDefinition.parse({
    ...definitionsOf(timeZone),
    segments: [
      ...definitionsOf(timeZone).segments,
      ...conditions.map((condition, index) => ({
        id: `s${index}`,
        name: { en: `Segment ${index}` },
        condition,
      })),
    ],
  });
}
