import { isJsonObject } from '@tenth/model/json.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import { compileCondition } from '../evaluate/compile-condition.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { compilePlan } from '../plan/plan.ts';
import { PlanScope } from '../plan/plan-scope.ts';
import { deviceKey, findDevice, newProfile } from '../profile.ts';
import { aCampaign, anEvent, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { arbitraryCondition } from '../testing/condition-arbitrary.ts';
import type { ConditionNode } from './condition-tree.ts';
import { toExplained } from './condition-tree.ts';
import { explainCondition } from './explain-condition.ts';
import { smallestChange } from './smallest-change.ts';

const references = {
  segments: ['vip'],
  lists: ['invited'],
  variables: [
    { id: 'power', levels: ['low', 'high'] },
    { id: 'ruled', levels: ['keen', 'rest'] },
  ],
  attributes: [{ id: 'gender', values: ['female', 'male'] }],
};

const name = { en: 'Name' };
const base = {
  version: 1,
  settings: { name: 'Test shop' },
  segments: [
    {
      id: 'vip',
      name,
      condition: { kind: 'trait', name: 'grade', test: { op: 'in', values: ['a', 'b'] } },
    },
  ],
  variables: [
    {
      id: 'power',
      name,
      levelling: {
        kind: 'thresholds',
        of: { kind: 'session_pages' },
        levels: [
          { id: 'low', name, below: 2 },
          { id: 'high', name },
        ],
      },
    },
    {
      id: 'ruled',
      name,
      levelling: {
        kind: 'rules',
        levels: [
          { id: 'keen', name, condition: { kind: 'segment', segmentId: 'vip', is: true } },
          { id: 'rest', name },
        ],
      },
    },
  ],
  attributes: [
    {
      id: 'gender',
      name,
      values: ['female', 'male'].map((id) => ({ id, name, prior: 0.5 })),
    },
  ],
  lists: [{ id: 'invited', name, by: 'user_id', version: 1, members: 1 }],
};
const members = new Map([['invited', { has: (value: string) => value === 'u1' }]]);

const step = fc.record({
  what: fc.constantFrom('page', 'view', 'add', 'order', 'identify'),
  minutes: fc.integer({ min: 1, max: 200 }),
  isKnown: fc.boolean(),
  price: fc.constantFrom(0, 1, 3, 10),
});

test('every branch says what the engine’s own condition says', () => {
  fc.assert(
    fc.property(
      arbitraryCondition(references),
      fc.array(step, { minLength: 1, maxLength: 8 }),
      (audience, steps) => {
        const definition = planDefinition.parse({
          ...base,
          campaigns: [aCampaign({ id: 'one', audience })],
        });
        const plan = compilePlan(definition, members);
        let at = T0 - 4 * HOUR_MS;
        let profile = newProfile(aProfileId(), at);
        let moment: EventMoment | undefined;
        for (const { what, minutes, isKnown, price } of steps) {
          at += minutes * MINUTE_MS;
          const given = { at, userId: isKnown ? 'u1' : undefined };
          const properties = {
            product_id: 'p1',
            price,
            quantity: 1,
            category: 'men',
            currency: 'KRW',
            tags: ['a'],
          };
          const event =
            what === 'page'
              ? anEvent(given)
              : what === 'identify'
                ? anEvent({
                    ...given,
                    type: 'identify',
                    page: undefined,
                    traits: { grade: 'a', age: 3 },
                  })
                : aTrack(
                    { view: 'Product Viewed', add: 'Product Added', order: 'Order Completed' }[
                      what
                    ],
                    properties,
                    given,
                  );
          const found = isKnown ? { ...profile, userId: 'u1' } : profile;
          profile = applyEvent(found, event, plan, undefined).profile;
          const key = deviceKey(event);
          const device = findDevice(profile, key);
          if (device === undefined) {
            throw new Error('every event has a device');
          }
          moment = { profile, event, deviceKey: key, device, now: at };
        }
        if (moment === undefined) {
          return;
        }
        const conditions = new PlanScope(definition, members).scopeFor({
          prefix: '',
          hasEvent: true,
        });
        const segments = new Map<string, (typeof definition)['segments'][number]['condition']>(
          definition.segments.map(({ id, condition }) => [id, condition]),
        );
        const node = explainCondition(audience, 'audience', {
          moment,
          conditions,
          segment: (id) => segments.get(id) ?? { kind: 'any', of: [] },
        });
        const compiled = compileCondition(audience, 'audience', conditions);
        expect(node.holds).toBe(compiled.holds(moment));
        expect(isConsistent(node)).toBe(true);
        expect(isJsonObject(JSON.parse(JSON.stringify(toExplained(node))))).toBe(true);
        const change = smallestChange(node);
        expect(change?.length === 0).toBe(node.holds);
      },
    ),
    { numRuns: 500 },
  );
});

/** A group holds when its parts say so, and a leaf when it passes what it saw. */
function isConsistent(node: ConditionNode): boolean {
  switch (node.kind) {
    case 'all':
      return node.holds === node.of.every(({ holds }) => holds) && node.of.every(isConsistent);
    case 'any':
      return node.holds === node.of.some(({ holds }) => holds) && node.of.every(isConsistent);
    case 'not':
      return node.holds !== node.of.holds && isConsistent(node.of);
    case 'named':
      return node.holds === (node.of.holds === node.is) && isConsistent(node.of);
    case 'leaf':
      return node.fact.isFixed || node.holds === node.passes(node.fact.saw);
  }
}
