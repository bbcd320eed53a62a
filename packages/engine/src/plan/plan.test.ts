import type { Condition } from '@tenth/model/condition.ts';
import { segmentEvents } from '@tenth/model/event.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { describe, expect, test } from 'vitest';
import { personMoment } from '../evaluate/moment.ts';
import { newProfile } from '../profile.ts';
import { aCampaign, aPlan, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { aDefinition } from '../testing/definitions.ts';
import { compileConditionAlone, compilePlan, DefinitionError } from './plan.ts';

const named = (id: string) => ({ id, name: { en: id } });
const everybody: Condition = { kind: 'all', of: [] };
const inSegment = (id: string) => ({ kind: 'segment', segmentId: id, is: true }) as Condition;
const viewed = { type: 'track', name: 'Product Viewed' } as const;
const counted = {
  kind: 'event_count',
  event: viewed,
  window: { kind: 'ever' },
  test: { op: 'gte', value: 1 },
} as const satisfies Condition;
const anEventLeaf = {
  kind: 'event',
  filters: [{ path: 'name', test: { op: 'exists' } }],
} as const satisfies Condition;

/** The refusal of a plan; its path and message. */
function refusal(given: Parameters<typeof aPlan>[0]): { path: string; message: string } {
  try {
    aPlan(given);
  } catch (error) {
    if (error instanceof DefinitionError) {
      return { path: error.path, message: error.message };
    }
    throw error;
  }
  throw new Error('the plan was taken');
}

const byRules = (id: string, condition: Condition) => ({
  ...named(id),
  levelling: {
    kind: 'rules' as const,
    levels: [{ ...named('a'), condition }, named('b')],
  },
});

const anAttribute = (id: string, condition: Condition) => ({
  ...named(id),
  values: [
    { ...named('yes'), prior: 0.5 },
    { ...named('no'), prior: 0.5 },
  ],
  rules: [{ value: 'yes', confidence: 0.9, condition }],
});

describe('refuses with the place and what would be valid', () => {
  test('a circle, by the names of all that are in it', () => {
    expect(
      refusal({
        segments: [
          { ...named('s'), condition: { kind: 'variable', variableId: 'v', levels: ['a'] } },
        ],
        variables: [
          byRules('v', {
            kind: 'inferred',
            attributeId: 'i',
            value: 'yes',
            test: { op: 'gt', value: 0.5 },
          } as Condition),
        ],
        attributes: [anAttribute('i', { kind: 'not', of: inSegment('s') })],
      }),
    ).toEqual({
      path: 'attributes.i.rules[0].condition.not',
      message:
        'these refer to each other in a circle: segment s -> variable v -> attribute i -> segment s; take one of the references out',
    });
  });

  test.each<readonly [string, Condition]>([
    ['segment x; there are: s', inSegment('x')],
    ['variable x; there are: v', { kind: 'variable', variableId: 'x', levels: ['a'] } as Condition],
    ['list x; there are none', { kind: 'list', listId: 'x', is: true } as Condition],
    [
      'attribute x; there are: i',
      { kind: 'inferred', attributeId: 'x', value: 'a', test: { op: 'gt', value: 0 } } as Condition,
    ],
  ])('there is no %s', (missing, condition) => {
    expect(
      refusal({
        segments: [{ ...named('s'), condition: { kind: 'any', of: [everybody, condition] } }],
        variables: [byRules('v', everybody)],
        attributes: [anAttribute('i', everybody)],
      }),
    ).toEqual({ path: 'segments.s.condition.any[1]', message: `there is no ${missing}` });
  });

  test('a level or a value that there is not', () => {
    const given = (condition: Condition) => ({
      campaigns: [aCampaign({ id: 'c', audience: condition })],
      variables: [byRules('v', everybody)],
      attributes: [anAttribute('i', everybody)],
    });
    expect(
      refusal(given({ kind: 'variable', variableId: 'v', levels: ['a', 'z'] } as Condition)),
    ).toEqual({
      path: 'campaigns.c.audience',
      message: 'the variable v has no level z; it has: a, b',
    });
    expect(
      refusal(
        given({
          kind: 'inferred',
          attributeId: 'i',
          value: 'maybe',
          test: { op: 'gt', value: 0 },
        } as Condition),
      ),
    ).toEqual({
      path: 'campaigns.c.audience',
      message: 'the attribute i has no value maybe; it has: yes, no',
    });
  });

  test.each([
    ['segments.s.condition', { segments: [{ ...named('s'), condition: anEventLeaf }] }],
    ['variables.v.levelling.levels[0].condition', { variables: [byRules('v', anEventLeaf)] }],
    ['attributes.i.rules[0].condition', { attributes: [anAttribute('i', anEventLeaf)] }],
  ])('a look at the event in hand at %s', (path, given) => {
    expect(refusal(given)).toEqual({
      path,
      message: expect.stringContaining('no event in hand'),
    });
  });

  test('a campaign may look at the event in hand', () => {
    expect(() =>
      aPlan({ campaigns: [aCampaign({ id: 'c', audience: anEventLeaf })] }),
    ).not.toThrow();
  });

  test('a time zone that there is not', () => {
    expect(refusal({ settings: { name: 'Shop', timeZone: 'Asia/Soul' } })).toEqual({
      path: 'settings.timeZone',
      message: 'there is no time zone Asia/Soul; give an IANA name such as Asia/Seoul',
    });
  });

  test.each([
    ['variables.v.levelling.levels[0].below', [{}, {}]],
    ['variables.v.levelling.levels[1].below', [{ below: 1 }, { below: 2 }]],
    ['variables.v.levelling.levels[1].below', [{ below: 2 }, { below: 2 }, {}]],
  ])('cuts that do not rise, at %s', (path, belows) => {
    const levels = belows.map((below, index) => ({ ...named(`l${index}`), ...below }));
    const levelling = { kind: 'thresholds' as const, of: { kind: 'sessions' as const }, levels };
    expect(refusal({ variables: [{ ...named('v'), levelling }] }).path).toBe(path);
  });

  test('values of an attribute that stand twice or not at all', () => {
    const { values } = anAttribute('i', everybody);
    expect(
      refusal({ attributes: [{ ...anAttribute('i', everybody), values: [...values, ...values] }] })
        .path,
    ).toBe('attributes.i.values');
    const evidence = [
      { dimension: 'brand' as const, key: 'a', likelihoods: { yes: 0.5, other: 0.5 } },
    ];
    expect(refusal({ attributes: [{ ...anAttribute('i', everybody), evidence }] })).toEqual({
      path: 'attributes.i.evidence[0].likelihoods',
      message: 'there is no value other; there are: yes, no',
    });
  });

  test('an id that stands twice', () => {
    const segment = { ...named('s'), condition: everybody };
    expect(refusal({ segments: [segment, segment] }).path).toBe('segments.s');
    expect(refusal({ variables: [byRules('v', everybody), byRules('v', everybody)] }).path).toBe(
      'variables.v',
    );
  });
});

describe('limits', () => {
  const deep = (levels: number): Condition =>
    levels === 1 ? counted : { kind: 'not', of: deep(levels - 1) };
  const wide = (leaves: number): Condition => ({
    kind: 'all',
    of: Array.from({ length: Math.ceil(leaves / 50) }, (_, group) => ({
      kind: 'any',
      of: Array.from({ length: Math.min(50, leaves - group * 50) }, () => counted),
    })),
  });

  test('conditions stand at most 12 deep, those named included', () => {
    expect(() => aPlan({ segments: [{ ...named('s'), condition: deep(12) }] })).not.toThrow();
    expect(refusal({ segments: [{ ...named('s'), condition: deep(13) }] })).toEqual({
      path: `segments.s.condition${'.not'.repeat(12)}`,
      message: expect.stringContaining('12 deep'),
    });
    const inner = { ...named('inner'), condition: deep(12) };
    expect(() =>
      aPlan({ segments: [{ ...named('s'), condition: inSegment('inner') }, inner] }),
    ).not.toThrow();
    expect(
      refusal({
        segments: [{ ...named('s'), condition: { kind: 'not', of: inSegment('inner') } }, inner],
      }),
    ).toEqual({ path: 'segments.s.condition', message: expect.stringContaining('13 deep') });
  });

  test('a condition nested thousands deep is refused, not run into', () => {
    let condition: Condition = counted;
    for (let level = 0; level < 5_000; level += 1) {
      condition = { kind: 'not', of: condition };
    }
    expect(() => compileConditionAlone(condition, aDefinition(), 'draft')).toThrow(DefinitionError);
  });

  test('there are at most 500 leaves, those named counted as often as they are named', () => {
    expect(() => aPlan({ segments: [{ ...named('s'), condition: wide(500) }] })).not.toThrow();
    expect(refusal({ segments: [{ ...named('s'), condition: wide(501) }] })).toEqual({
      path: 'segments.s.condition',
      message: expect.stringContaining('there are 501'),
    });
    const inner = { ...named('inner'), condition: wide(200) };
    const thrice: Condition = { kind: 'any', of: Array(3).fill(inSegment('inner')) };
    expect(refusal({ segments: [inner, { ...named('s'), condition: thrice }] })).toEqual({
      path: 'segments.s.condition',
      message: expect.stringContaining('there are 600'),
    });
    expect(
      refusal({
        segments: [inner],
        campaigns: [aCampaign({ id: 'c', audience: thrice })],
      }).path,
    ).toBe('campaigns.c.audience');
    expect(refusal({ segments: [inner], variables: [byRules('v', thrice)] }).path).toBe(
      'variables.v.levelling.levels',
    );
  });
});

describe('aggregates', () => {
  test('equal ones are shared, whoever asks for them', () => {
    const daysOf = (days: number) =>
      ({ ...counted, window: { kind: 'last_days', days } }) as const satisfies Condition;
    const plan = aPlan({
      segments: [
        { ...named('a'), condition: daysOf(7) },
        { ...named('b'), condition: { kind: 'not', of: daysOf(7) } },
        {
          ...named('c'),
          condition: { kind: 'active_days', event: viewed, days: 7, test: { op: 'gt', value: 1 } },
        },
      ],
      campaigns: [aCampaign({ id: 'c', audience: daysOf(7) })],
    });
    expect(plan.aggregates.size).toBe(1);
    expect(aPlan({ segments: [{ ...named('a'), condition: daysOf(8) }] }).aggregates.size).toBe(1);
  });

  test('an event visits those that it matches, by whatever values they ask for', () => {
    const asking = (id: string, ...where: readonly object[]) => ({
      ...named(id),
      condition: { ...counted, event: { ...viewed, where } },
    });
    const plan = compilePlan(
      planDefinition.parse({
        version: 1,
        settings: { name: 'Shop' },
        campaigns: [],
        segments: [
          asking('any'),
          asking('men', { path: 'properties.category', test: { op: 'is', value: 'Men' } }),
          asking('some', { path: 'properties.category', test: { op: 'in', values: ['men', 'x'] } }),
          asking('women', { path: 'properties.category', test: { op: 'is', value: 'women' } }),
          asking('dear', { path: 'properties.price', test: { op: 'gt', value: 5 } }),
          asking(
            'dear-men',
            { path: 'properties.price', test: { op: 'gt', value: 5 } },
            { path: 'properties.category', test: { op: 'is', value: 'men' } },
          ),
          asking('five', { path: 'properties.price', test: { op: 'is', value: 5 } }),
        ],
      }),
    );
    const visited = (properties: object) => {
      const ids = plan
        .aggregatesFor(aTrack('Product Viewed', { ...properties }))
        .map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      return plan.segments
        .filter(({ condition }) => ids.some((id) => condition.inputs.aggregates.has(id)))
        .map(({ id }) => id);
    };
    expect(visited({ category: 'MEN', price: 9 })).toEqual([
      'any',
      'men',
      'some',
      'dear',
      'dear-men',
    ]);
    expect(visited({ category: ['men', 'x', 'women'], price: 5 })).toEqual([
      'any',
      'men',
      'some',
      'women',
      'five',
    ]);
    expect(visited({ category: null })).toEqual(['any']);
  });
});

test('of all track events those that Tenth makes itself do not count', () => {
  const plan = aPlan({
    segments: [{ ...named('a'), condition: { ...counted, event: { type: 'track' } } }],
  });
  expect(plan.aggregatesFor(aTrack('Anything'))).toHaveLength(1);
  expect(plan.aggregatesFor(aTrack(segmentEvents.entered))).toHaveLength(0);
});

test('a draft is compiled in what is published, with the aggregates it needs', () => {
  const draft = compileConditionAlone(
    { kind: 'all', of: [inSegment('lookers'), counted] },
    aDefinition(),
    'draft',
  );
  expect(draft.aggregates.size).toBe(2);
  expect(draft.condition.holds(personMoment(newProfile(aProfileId(), T0), T0))).toBe(false);
  expect(() =>
    compileConditionAlone(inSegment('nowhere'), aDefinition(), 'draft.condition'),
  ).toThrow(expect.objectContaining({ path: 'draft.condition' }));
});
