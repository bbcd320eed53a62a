import { workspaceId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import type { Variable } from '@tenth/model/variable.ts';
import { expect, test } from 'vitest';
import type { Figures } from './ports.ts';
import { QuantileSchedule } from './quantile-schedule.ts';

const T0 = Date.parse('2026-03-02T00:00:00Z');
const SHOP = workspaceId.parse('shop');
const OTHER = workspaceId.parse('other');

function aPlan(everyHours: number): PlanDefinition {
  return planDefinition.parse({
    version: 1,
    settings: { name: 'Shop' },
    segments: [],
    campaigns: [],
    variables: [
      {
        id: 'spending',
        name: { en: 'Spending' },
        levelling: {
          kind: 'quantiles',
          of: { kind: 'orders', measure: 'total', currency: 'KRW' },
          levels: [
            { id: 'low', name: { en: 'Low' }, share: 0.5 },
            { id: 'high', name: { en: 'High' }, share: 0.5 },
          ],
          everyHours,
        },
      },
    ],
  });
}

/** Two workspaces in memory; `ask` answers for the figures of the shop, the other has none. */
function open(ask: () => Figures, everyHours = 24) {
  let now = T0;
  let asked = 0;
  const failures: unknown[] = [];
  const plans = new Map([
    [SHOP, aPlan(everyHours)],
    [OTHER, aPlan(everyHours)],
  ]);
  const get = (id: typeof SHOP) => plans.get(id) ?? aPlan(everyHours);
  const change = (id: typeof SHOP, definition: Omit<PlanDefinition, 'version'>) => {
    const next = planDefinition.parse({ ...definition, version: get(id).version + 1 });
    plans.set(id, next);
    return next;
  };
  const schedule = new QuantileSchedule({
    plans: {
      workspaces: () => [...plans.keys()],
      get: (id) => ({ definition: get(id) }),
    },
    publisher: { publish: async (id, { apply }) => change(id, apply(get(id))) },
    figuresOf: async (id) => {
      if (id !== SHOP) {
        return { quantiles: () => [] };
      }
      asked += 1;
      return ask();
    },
    now: () => now,
    onFailed: (error) => failures.push(error),
  });
  return {
    schedule,
    failures,
    asked: () => asked,
    advance(ms: number) {
      now += ms;
    },
    version: (id = SHOP) => get(id).version,
    variable: (): Variable | undefined => get(SHOP).variables[0],
    edit(change_: (variable: Variable) => Variable) {
      const current = get(SHOP);
      change(SHOP, { ...current, variables: current.variables.map(change_) });
    },
  };
}

const spread = (factor: number): Figures => ({
  quantiles: (shares) => shares.map((share) => Math.floor(share * 100) * factor),
});

test('cuts are worked out at once, and published with the time', async () => {
  const { schedule, variable, version } = open(() => spread(10));
  await schedule.runDue();
  expect(version()).toBe(2);
  expect(variable()?.levelling).toMatchObject({
    levels: [
      { id: 'low', below: 500, reached: 0.5 },
      { id: 'high', reached: 0.5 },
    ],
    computedAt: T0,
  });
  expect(version(OTHER)).toBe(1);
});

test('they are worked out anew as often as is wanted, and published when they changed', async () => {
  let factor = 10;
  const { schedule, advance, asked, version, variable } = open(() => spread(factor), 2);
  await schedule.runDue();
  advance(2 * HOUR_MS - 1);
  await schedule.runDue();
  expect(asked()).toBe(1);
  advance(1);
  await schedule.runDue();
  expect(asked()).toBe(2);
  expect(version()).toBe(2);
  factor = 20;
  advance(MINUTE_MS);
  await schedule.runDue();
  expect(asked()).toBe(2);
  advance(2 * HOUR_MS);
  await schedule.runDue();
  expect(version()).toBe(3);
  expect(variable()?.levelling).toMatchObject({ levels: [{ below: 1_000 }, {}] });
});

test('other shares are worked out without waiting', async () => {
  const { schedule, asked, edit, variable } = open(() => spread(10));
  await schedule.runDue();
  edit((one) => ({
    ...one,
    levelling:
      one.levelling.kind === 'quantiles'
        ? {
            kind: 'quantiles',
            of: one.levelling.of,
            everyHours: one.levelling.everyHours,
            levels: one.levelling.levels.map(({ id, name }, at) => ({
              id,
              name,
              share: at === 0 ? 0.2 : 0.8,
            })),
          }
        : one.levelling,
  }));
  await schedule.runDue();
  expect(asked()).toBe(2);
  expect(variable()?.levelling).toMatchObject({ levels: [{ below: 200, reached: 0.2 }, {}] });
});

test('a failure is told, changes nothing, and is tried again after ten minutes', async () => {
  let isAway = true;
  const { schedule, advance, failures, version, asked } = open(() => {
    if (isAway) {
      throw new Error('the log is away');
    }
    return spread(10);
  });
  await schedule.runDue();
  expect(failures).toHaveLength(1);
  expect(version()).toBe(1);
  isAway = false;
  advance(9 * MINUTE_MS);
  await schedule.runDue();
  expect(asked()).toBe(1);
  advance(MINUTE_MS);
  await schedule.runDue();
  expect(version()).toBe(2);
});

test('without figures it looks again within the hour', async () => {
  let figures: Figures = { quantiles: () => [] };
  const { schedule, advance, version } = open(() => figures);
  await schedule.runDue();
  expect(version()).toBe(1);
  figures = spread(10);
  advance(HOUR_MS);
  await schedule.runDue();
  expect(version()).toBe(2);
});

test('what was changed while the figures were counted keeps no cuts of before', async () => {
  const opened = open(() => {
    opened.edit((one) => ({
      ...one,
      levelling:
        one.levelling.kind === 'quantiles'
          ? { ...one.levelling, of: { kind: 'sessions' } }
          : one.levelling,
    }));
    return spread(10);
  });
  await opened.schedule.runDue();
  // Worked out for the total of orders, of which the variable is no longer.
  expect(JSON.stringify(opened.variable())).not.toContain('below');
});

test('asked while it runs, it looks once more; stopped, it does nothing', async () => {
  const { schedule, asked, version } = open(() => spread(10));
  await Promise.all([schedule.runDue(), schedule.runDue()]);
  expect(asked()).toBe(1);
  await schedule.stop();
  await schedule.runDue();
  expect(version()).toBe(2);
});
