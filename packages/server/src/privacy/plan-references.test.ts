import { aCampaign } from '@tenth/engine/testing/builders.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { expect, test } from 'vitest';
import { findPlanReferences } from './plan-references.ts';

const traces = {
  profileIds: [],
  userIds: ['staff-7'],
  anonymousIds: [],
  emails: ['kim@shop.example'],
  othersAnonymousIds: [],
};

test('places that name a person are found by their paths', () => {
  const isOne = (name: string, value: string) => ({
    kind: 'trait',
    name,
    test: { op: 'is', value },
  });
  const definition = planDefinition.parse({
    version: 1,
    settings: { name: 'Shop' },
    segments: [
      { id: 'staff', name: { en: 'Staff' }, condition: isOne('id', 'staff-7') },
      { id: 'none', name: { en: 'staff-70' }, condition: isOne('id', 'staff-70') },
    ],
    campaigns: [{ ...aCampaign({ id: 'hello' }), audience: isOne('email', 'Kim@shop.example') }],
  });
  expect(findPlanReferences(definition, traces)).toEqual([
    'segments.staff.condition.test.value',
    'campaigns.hello.audience.test.value',
  ]);
});
