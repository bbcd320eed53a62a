import type { ConditionVocabulary } from '@tenth/engine/testing/condition-vocabulary.ts';
import type { Condition } from '@tenth/model/condition.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';

/** Names that random conditions may refer to; {@link definitionsOf} has them all. */
export const vocabulary = {
  segments: ['lookers', 'either'],
  lists: ['by-user', 'by-email'],
  variables: [
    { id: 'spending', levels: ['low', 'mid', 'high'] },
    { id: 'interest', levels: ['cold', 'warm'] },
    { id: 'kind', levels: ['buyer', 'visitor'] },
  ],
  attributes: [{ id: 'gender', values: ['male', 'female'] }],
} satisfies Partial<ConditionVocabulary>;

const events = [
  { type: 'track' as const },
  { type: 'track' as const, name: 'Product Viewed' },
  { type: 'page' as const },
];
const windows = [
  { kind: 'ever' as const },
  { kind: 'session' as const },
  { kind: 'last_hours' as const, hours: 24 },
  { kind: 'last_days' as const, days: 2 },
  { kind: 'since_event' as const, event: { type: 'page' as const } },
  { kind: 'since_event' as const, event: { type: 'track' as const } },
];

/**
 * Where chance seldom leads: values and counts of events that fall on the same moment as others, so that
 * ties and the edges of "since" decide.
 */
export const edgeConditions: readonly Condition[] = events.flatMap((event) =>
  windows.flatMap((window): readonly Condition[] => [
    { kind: 'event_count', event, window, test: { op: 'gte', value: 2 } },
    ...(['first', 'last', 'most_frequent'] as const).map(
      (measure): Condition => ({
        kind: 'event_value',
        event,
        property: 'properties.category',
        measure,
        window,
        test: { op: 'contains', value: 'men' },
      }),
    ),
  ]),
);

/** Members of the lists, as compiled plans take them. */
export const lists: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['by-user', new Set(['user-1', 'user-3'])],
  ['by-email', new Set(['b@example.com'])],
]);

export function definitionsOf(timeZone: string): PlanDefinition {
  const named = (id: string) => ({ id, name: { en: id } });
  return planDefinition.parse({
    version: 1,
    settings: { name: 'Shop', timeZone },
    segments: [
      {
        ...named('lookers'),
        condition: {
          kind: 'event_count',
          event: { type: 'track', name: 'Product Viewed' },
          window: { kind: 'last_days', days: 30 },
          test: { op: 'gte', value: 2 },
        },
      },
      {
        ...named('either'),
        condition: {
          kind: 'any',
          of: [
            { kind: 'segment', segmentId: 'lookers', is: false },
            { kind: 'variable', variableId: 'spending', levels: ['high'] },
          ],
        },
      },
    ],
    variables: [
      {
        ...named('spending'),
        levelling: {
          kind: 'thresholds',
          of: {
            kind: 'event_number',
            event: { type: 'track', name: 'Product Viewed' },
            property: 'properties.price',
            measure: 'sum',
            window: { kind: 'ever' },
          },
          levels: [
            { ...named('low'), below: 2 },
            { ...named('mid'), below: 12.5 },
            { ...named('high') },
          ],
        },
      },
      {
        ...named('interest'),
        levelling: {
          kind: 'quantiles',
          of: { kind: 'affinity', dimension: 'category', key: 'Men', measure: 'share' },
          levels: [
            { ...named('cold'), share: 0.5, below: 0.5 },
            { ...named('warm'), share: 0.5 },
          ],
        },
      },
      {
        ...named('kind'),
        levelling: {
          kind: 'rules',
          levels: [
            {
              ...named('buyer'),
              condition: { kind: 'orders', measure: 'count', test: { op: 'gt', value: 0 } },
            },
            { ...named('visitor') },
          ],
        },
      },
    ],
    attributes: [
      {
        ...named('gender'),
        values: [
          { ...named('male'), prior: 0.4 },
          { ...named('female'), prior: 0.5 },
        ],
        rules: [
          {
            value: 'female',
            confidence: 0.95,
            condition: { kind: 'trait', name: 'grade', test: { op: 'is', value: 'a b' } },
          },
        ],
        evidence: [
          { dimension: 'category', key: 'men', likelihoods: { male: 0.6, female: 0.2 } },
          { dimension: 'category', key: 'women', likelihoods: { male: 0.1, female: 0.6 } },
          { dimension: 'brand', key: '라운드랩', likelihoods: { female: 0.3 } },
        ],
      },
    ],
    lists: [
      { ...named('by-user'), by: 'user_id', version: 1, members: 2 },
      { ...named('by-email'), by: 'email', version: 1, members: 1 },
    ],
    campaigns: [],
  });
}
