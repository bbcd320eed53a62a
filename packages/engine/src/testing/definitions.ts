import type { Condition } from '@tenth/model/condition.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import type { ConditionVocabulary } from './condition-vocabulary.ts';

/** Names that random conditions may refer to; {@link aDefinition} has them all. */
export const referable = {
  segments: ['lookers'],
  lists: ['by-email'],
  variables: [
    { id: 'spending', levels: ['low', 'mid', 'high'] },
    { id: 'warmth', levels: ['cold', 'warm'] },
    { id: 'kind', levels: ['buyer', 'regular', 'visitor'] },
  ],
  attributes: [{ id: 'gender', values: ['male', 'female'] }],
} satisfies Partial<ConditionVocabulary>;

const named = (id: string) => ({ id, name: { en: id } });

/** A definition with something of everything that can be named, and a segment `s0`, `s1` … a condition. */
export function aDefinition(
  conditions: readonly Condition[] = [],
  timeZone = 'Asia/Seoul',
): PlanDefinition {
  return planDefinition.parse({
    version: 1,
    settings: { name: 'Shop', timeZone },
    segments: [
      {
        ...named('lookers'),
        condition: {
          kind: 'event_count',
          event: { type: 'track', name: 'Product Viewed' },
          window: { kind: 'last_hours', hours: 5 },
          test: { op: 'gte', value: 2 },
        },
      },
      ...conditions.map((condition, index) => ({ ...named(`s${index}`), condition })),
    ],
    variables: [
      {
        ...named('spending'),
        levelling: {
          kind: 'thresholds',
          of: {
            kind: 'event_number',
            event: { type: 'track' },
            property: 'properties.price',
            measure: 'sum',
            window: { kind: 'last_days', days: 2 },
          },
          levels: [
            { ...named('low'), below: 2 },
            { ...named('mid'), below: 12.5 },
            { ...named('high') },
          ],
        },
      },
      {
        ...named('warmth'),
        levelling: {
          kind: 'quantiles',
          of: { kind: 'affinity', dimension: 'category', key: 'Men', measure: 'score' },
          levels: [
            { ...named('cold'), share: 0.5, below: 2.5 },
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
              condition: {
                kind: 'orders',
                measure: 'days_since_last',
                test: { op: 'lt', value: 2 },
              },
            },
            {
              ...named('regular'),
              condition: {
                kind: 'active_days',
                event: { type: 'page' },
                days: 3,
                test: { op: 'gte', value: 2 },
              },
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
    lists: [{ ...named('by-email'), by: 'email', version: 1, members: 1 }],
    campaigns: [],
  });
}
