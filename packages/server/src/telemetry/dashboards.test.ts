import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from './metrics.ts';

const deploy = new URL('../../../../deploy/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, deploy), 'utf8');

const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
});
const ruleFile = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

/** Every series there is: a histogram has three of its name. */
async function exported(): Promise<ReadonlySet<string>> {
  const metrics = createMetrics({ version: '0', operationalStore: 'served', eventLog: 'served' });
  const types = (await metrics.render()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
  return new Set(
    [...types].flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
    ),
  );
}

function metricsIn(expressions: readonly string[]): readonly string[] {
  return expressions.flatMap((expr) => expr.match(/\b(tenth|process|nodejs)_[a-z0-9_]+/g) ?? []);
}

test('each metric that the dashboard shows is exported', async () => {
  const { panels } = dashboard.parse(JSON.parse(read('grafana/tenth.json')));
  const named = metricsIn(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)));
  expect(named.length).toBeGreaterThan(30);
  const there = await exported();
  expect(named.filter((name) => !there.has(name))).toEqual([]);
});

test('each metric that an alert rests on is exported', async () => {
  const { groups } = ruleFile.parse(parse(read('prometheus/alerts.yaml')));
  const rules = groups.flatMap((group) => group.rules);
  const there = await exported();
  for (const { alert, expr } of rules) {
    expect(
      metricsIn([expr]).filter((name) => !there.has(name)),
      alert,
    ).toEqual([]);
  }
});

test('each metric of Tenth is on the dashboard, and in the list of the operations page', async () => {
  const page = readFileSync(new URL('../docs/operations.md', deploy), 'utf8');
  const shown = read('grafana/tenth.json');
  const own = [...(await exported())]
    .filter((name) => name.startsWith('tenth_'))
    .map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
  expect(own.filter((name) => !page.includes(name))).toEqual([]);
});
