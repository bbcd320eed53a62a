import type { Condition } from '@tenth/model/condition.ts';
import { segment } from '@tenth/model/segment.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { aPlan } from '../testing/builders.ts';
import { parseCondition } from '../text/parse-condition.ts';
import { printCondition } from '../text/print-condition.ts';
import { type Bilingual, presetGroupNames, presetGroups } from './preset.ts';
import { presetById, presets } from './presets.ts';

const hangul = /[가-힣]/;

function expectBothLanguages({ ko, en }: Bilingual): void {
  expect(ko).toMatch(hangul);
  expect(en).toMatch(/[a-z]/i);
  expect(en).not.toMatch(hangul);
}

test('there are a few dozen, with ids and names of their own, found by id', () => {
  expect(presets.length).toBeGreaterThanOrEqual(30);
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  expect(new Set(presets.map(({ name }) => name.ko)).size).toBe(presets.length);
  expect(new Set(presets.map(({ name }) => name.en)).size).toBe(presets.length);
  expect(presetById('vip')?.group).toBe('order');
  expect(presetById('unheard-of')).toBeUndefined();
});

test('every group has presets, in order, and a name', () => {
  const order = presets.map(({ group }) => presetGroups.indexOf(group));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order).size).toBe(presetGroups.length);
  for (const group of presetGroups) {
    expectBothLanguages(presetGroupNames[group]);
  }
});

describe('each preset', () => {
  for (const preset of presets) {
    test(preset.id, () => {
      const made = preset.segment();
      expect(segment.parse(made)).toEqual(made);
      expect(made.id).toBe(preset.id);
      expect(preset.segment({}, 'another-id').id).toBe('another-id');

      expectBothLanguages(preset.name);
      expectBothLanguages(preset.description);
      for (const label of Object.values(preset.labels)) {
        expectBothLanguages(label);
      }
      expect(Object.keys(preset.labels).sort()).toEqual(
        Object.keys(preset.parameters.shape).sort(),
      );

      const text = printCondition(made.condition);
      expect(parseCondition(text)).toEqual(made.condition);
      // A segment has no event in hand.
      expect(kindsIn(made.condition)).not.toContain('event');
      // Every parameter has a default, and a form can be drawn from the schema.
      expect(preset.parameters.safeParse({}).success).toBe(true);
      expect(z.toJSONSchema(preset.parameters)).toMatchObject({ type: 'object' });
      expect(() => preset.segment({ surprise: 1 })).toThrow(z.ZodError);
    });
  }
});

test('a plan takes all of them at once', () => {
  const plan = aPlan({ segments: presets.map((preset) => preset.segment()) });
  expect(plan.segments).toHaveLength(presets.length);
});

test('whatever parameters are allowed, a valid segment comes of them', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(0, 1, 4, 24, 30, 60, 90, 0.5, 3_650, 1e10),
    fc.constantFrom<unknown>('men', '"quoted" and member', '\\', 'USD'),
    fc.array(fc.constantFrom('a', '", "b'), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...presets),
      fc.array(value, { maxLength: 4 }),
      (preset, values) => {
        const keys = Object.keys(preset.parameters.shape);
        const given = Object.fromEntries(
          keys.flatMap((key, at) => (at in values ? [[key, values[at]]] : [])),
        );
        if (preset.parameters.safeParse(given).success) {
          expect(preset.segment(given).condition).toEqual(expect.anything());
        } else {
          expect(() => preset.segment(given)).toThrow(z.ZodError);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('parameters come into the name and the condition, and no text breaks out of its quotes', () => {
  const lovers = presetById('category-lovers')?.segment({ category: 'a" or member or "b' });
  expect(lovers?.name.en).toBe('Drawn to “a" or member or "b”');
  expect(lovers?.condition).toMatchObject({
    kind: 'all',
    of: [{ kind: 'affinity', key: 'a" or member or "b' }, { kind: 'affinity' }],
  });
});

test('a night that goes past midnight is two stretches of the day', () => {
  const owls = presetById('night-owls');
  expect(owls?.segment().condition.kind).toBe('any');
  expect(owls?.segment({ from: 0, to: 5 }).condition.kind).toBe('local_hour');
});

function kindsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(kindsIn);
    case 'not':
      return kindsIn(condition.of);
    default:
      return [condition.kind];
  }
}
