import { channels } from '@tenth/model/channel.ts';
import {
  type Condition,
  condition as conditionSchema,
  type LeafCondition,
  type SessionField,
  sessionFields,
} from '@tenth/model/condition.ts';
import { deviceTypes } from '@tenth/model/device.ts';
import { attributeId, listId, segmentId, variableId } from '@tenth/model/ids.ts';
import { affinityDimensions } from '@tenth/model/measure.ts';
import fc from 'fast-check';
import { type ArbitraryConditionOptions, type Words, wordsOf } from './condition-vocabulary.ts';
import {
  arbitraryEventMatch,
  arbitraryFilter,
  arbitraryNamedEvent,
  arbitraryPath,
  arbitraryWindow,
} from './event-arbitrary.ts';
import {
  arbitraryNumber,
  arbitraryNumberTest,
  arbitraryTest,
  arbitraryText,
} from './test-arbitrary.ts';

/** One leaf of each kind, by kind; undefined where the vocabulary has nothing that it could name. */
type LeafArbitraries = {
  readonly [Kind in LeafCondition['kind']]:
    | fc.Arbitrary<Extract<LeafCondition, { kind: Kind }>>
    | undefined;
};

/** Schema-valid conditions over a small vocabulary, of every kind, test and window. */
export function arbitraryCondition(
  options: ArbitraryConditionOptions = {},
): fc.Arbitrary<Condition> {
  const leaf = arbitraryLeaf(options);
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
    const parts = fc.array(tie('condition'), { maxLength: 3 });
    return {
      condition: fc.oneof(
        { maxDepth: options.maxDepth ?? 3, withCrossShrink: true },
        { arbitrary: leaf, weight: 5 },
        { arbitrary: fc.record({ kind: fc.constant('all' as const), of: parts }), weight: 2 },
        { arbitrary: fc.record({ kind: fc.constant('any' as const), of: parts }), weight: 2 },
        {
          arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
          weight: 1,
        },
      ),
    };
  });
  // Through the schema, as plans come: the result is plain objects, and nothing invalid passes.
  return condition.map((drawn) => conditionSchema.parse(drawn));
}

/** Every kind of leaf equally often. */
export function arbitraryLeaf(
  options: ArbitraryConditionOptions = {},
): fc.Arbitrary<LeafCondition> {
  const without = new Set<string>(options.without);
  const leaves: readonly (readonly [string, fc.Arbitrary<LeafCondition> | undefined])[] =
    Object.entries(leavesOf(wordsOf(options)));
  return fc.oneof(
    ...leaves.flatMap(([kind, leaf]) => (leaf === undefined || without.has(kind) ? [] : [leaf])),
  );
}

function leavesOf(words: Words): LeafArbitraries {
  const event = arbitraryEventMatch(words);
  const window = arbitraryWindow(words);
  const number = (...of: number[]) => arbitraryNumberTest(arbitraryNumber(words, of));
  const count = number(0, 1, 1, 2, 3);
  const amount = number(...words.numbers, 4, 20);
  // Several events have to come together, so these are seldom filtered.
  const step = fc.oneof(
    { arbitrary: arbitraryNamedEvent(words), weight: 4 },
    { arbitrary: event, weight: 1 },
  );
  const withinMinutes = fc.constantFrom(1, 60, 1_440, 4_320, 129_600);
  const currency = fc.constantFrom(...words.currencies);
  return {
    event: fc.record({
      kind: fc.constant('event'),
      filters: fc.array(arbitraryFilter(words), { minLength: 1, maxLength: 2 }),
    }),
    trait: fc.record({
      kind: fc.constant('trait'),
      name: arbitraryText(words, words.traits, 200),
      test: fc.oneof(
        { arbitrary: arbitraryTest(words), weight: 2 },
        { arbitrary: arbitraryTest(words, words.dates), weight: 1 },
      ),
    }),
    event_count: fc.record({ kind: fc.constant('event_count'), event, window, test: count }),
    event_number: fc
      .constantFrom(
        'distinct' as const,
        'sum' as const,
        'mean' as const,
        'min' as const,
        'max' as const,
      )
      .chain((measure) =>
        fc.record({
          kind: fc.constant('event_number'),
          event,
          property: arbitraryPath(words),
          measure: fc.constant(measure),
          window,
          test: measure === 'distinct' ? count : amount,
        }),
      ),
    event_value: fc.record({
      kind: fc.constant('event_value'),
      event,
      property: arbitraryPath(words),
      measure: fc.constantFrom('first', 'last', 'most_frequent'),
      window,
      test: fc.oneof(arbitraryTest(words), arbitraryTest(words, words.categories)),
    }),
    recency: fc.record({ kind: fc.constant('recency'), event, test: number(0, 0.5, 1, 2, 7, 30) }),
    active_days: fc.record({
      kind: fc.constant('active_days'),
      event,
      days: fc.constantFrom(1, 2, 7, 90),
      test: count,
    }),
    funnel: fc.record({
      kind: fc.constant('funnel'),
      steps: fc.array(step, { minLength: 2, maxLength: 4 }),
      withinMinutes,
      test: count,
    }),
    sequence: fc.record(
      // biome-ignore lint/suspicious/noThenProperty: the word people use; nothing awaits a condition
      { kind: fc.constant('sequence'), first: step, then: step, withinMinutes, without: event },
      { requiredKeys: ['kind', 'first', 'then', 'withinMinutes'] },
    ),
    cart_total: fc.record({ kind: fc.constant('cart_total'), currency, test: amount }),
    cart_quantity: fc.record({ kind: fc.constant('cart_quantity'), test: count }),
    cart_product: fc
      .constantFrom('product_id' as const, 'category' as const, 'brand' as const, 'name' as const)
      .chain((field) =>
        fc.record({
          kind: fc.constant('cart_product'),
          field: fc.constant(field),
          test: arbitraryTest(words, cartTexts(field, words)),
        }),
      ),
    session: fc.constantFrom(...sessionFields).chain((field) =>
      fc.record({
        kind: fc.constant('session'),
        field: fc.constant(field),
        test: arbitraryTest(words, sessionTexts(field, words)),
      }),
    ),
    session_pages: fc.record({ kind: fc.constant('session_pages'), test: count }),
    sessions: fc.record({ kind: fc.constant('sessions'), test: count }),
    visitor: fc.record({
      kind: fc.constant('visitor'),
      is: fc.constantFrom('new', 'returning'),
    }),
    member: fc.record({ kind: fc.constant('member'), is: fc.boolean() }),
    affinity: arbitraryAffinity(words),
    orders: fc.record(
      {
        kind: fc.constant('orders'),
        measure: fc.constantFrom('count', 'total', 'days_since_last'),
        currency,
        test: amount,
      },
      { requiredKeys: ['kind', 'measure', 'test'] },
    ),
    inferred:
      words.attributes.length === 0
        ? undefined
        : fc.constantFrom(...words.attributes).chain(({ id, values }) =>
            fc.record({
              kind: fc.constant('inferred'),
              attributeId: fc.constant(attributeId.parse(id)),
              value: arbitraryText(words, values, 64),
              test: number(0, 0.3, 0.5, 0.7, 1),
            }),
          ),
    local_hour: fc.record({
      kind: fc.constant('local_hour'),
      test: number(0, 1, 9, 10, 11, 22, 24),
    }),
    local_weekday: fc.record({
      kind: fc.constant('local_weekday'),
      test: number(1, 2, 5, 6, 7, 8),
    }),
    variable:
      words.variables.length === 0
        ? undefined
        : fc.constantFrom(...words.variables).chain(({ id, levels }) =>
            fc.record({
              kind: fc.constant('variable'),
              variableId: fc.constant(variableId.parse(id)),
              levels: fc.array(arbitraryText(words, levels, 64), { minLength: 1, maxLength: 3 }),
            }),
          ),
    segment:
      words.segments.length === 0
        ? undefined
        : fc.record({
            kind: fc.constant('segment'),
            segmentId: fc.constantFrom(...words.segments.map((id) => segmentId.parse(id))),
            is: fc.boolean(),
          }),
    list:
      words.lists.length === 0
        ? undefined
        : fc.record({
            kind: fc.constant('list'),
            listId: fc.constantFrom(...words.lists.map((id) => listId.parse(id))),
            is: fc.boolean(),
          }),
    random_share: fc
      .tuple(
        arbitraryText(words, ['seed', '봄'], 64),
        fc.constantFrom(0, 0.25, 0.5, 0.125),
        fc.constantFrom(1, 0.75, 0.5, 0.001),
      )
      .map(([seed, from, to]) => ({ kind: 'random_share', seed, from, to })),
    channel_in: fc.record({
      kind: fc.constant('channel_in'),
      channels: fc.array(fc.constantFrom('direct', 'organic_search', ...channels), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
    device_in: fc.record({
      kind: fc.constant('device_in'),
      devices: fc.array(fc.constantFrom(...deviceTypes), { minLength: 1, maxLength: 2 }),
    }),
  };
}

/** A share lies between 0 and 1, a score goes up with every view. */
function arbitraryAffinity(words: Words) {
  return fc
    .tuple(
      fc.constantFrom(...affinityDimensions),
      fc.constantFrom('share' as const, 'score' as const),
    )
    .chain(([dimension, measure]) =>
      fc.record({
        kind: fc.constant('affinity' as const),
        dimension: fc.constant(dimension),
        key: arbitraryText(words, dimension === 'category' ? words.categories : words.brands, 200),
        measure: fc.constant(measure),
        test: arbitraryNumberTest(
          arbitraryNumber(words, measure === 'share' ? [0, 0.25, 0.5, 1] : [0, 1, 3, 5]),
        ),
      }),
    );
}

function cartTexts(
  field: 'product_id' | 'category' | 'brand' | 'name',
  words: Words,
): readonly string[] {
  switch (field) {
    case 'product_id':
      return words.productIds;
    case 'category':
      return words.categories;
    case 'brand':
      return words.brands;
    case 'name':
      return words.texts;
  }
}

function sessionTexts(field: SessionField, words: Words): readonly string[] {
  switch (field) {
    case 'channel':
      return ['direct', 'organic_search', 'portal'];
    case 'device':
      return deviceTypes;
    default:
      return words.sessionTexts;
  }
}
