import { z } from 'zod';
import { channel } from './channel.ts';
import { deviceType } from './device.ts';
import { eventType } from './event.ts';
import { segmentId } from './ids.ts';

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);

/** One test of one value. A missing value fails every test but `missing`, `is_not` and `not_in`. */
export const test = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('is'), value: scalar }),
  z.strictObject({ op: z.literal('is_not'), value: scalar }),
  z.strictObject({ op: z.literal('in'), values: z.array(scalar).min(1).max(1_000) }),
  z.strictObject({ op: z.literal('not_in'), values: z.array(scalar).min(1).max(1_000) }),
  z.strictObject({ op: z.literal('contains'), value: z.string().min(1).max(500) }),
  z.strictObject({
    op: z.literal('contains_any'),
    values: z.array(z.string().min(1).max(500)).min(1).max(1_000),
  }),
  z.strictObject({ op: z.literal('starts_with'), value: z.string().min(1).max(500) }),
  z.strictObject({ op: z.literal('ends_with'), value: z.string().min(1).max(500) }),
  z.strictObject({ op: z.literal('gt'), value: z.number() }),
  z.strictObject({ op: z.literal('gte'), value: z.number() }),
  z.strictObject({ op: z.literal('lt'), value: z.number() }),
  z.strictObject({ op: z.literal('lte'), value: z.number() }),
  z
    .strictObject({ op: z.literal('between'), from: z.number(), to: z.number() })
    .describe('from included, to excluded'),
  z.strictObject({ op: z.literal('exists') }),
  z.strictObject({ op: z.literal('missing') }),
]);
export type Test = z.infer<typeof test>;

/** The tests that make sense of a number. */
export const numberTest = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('is'), value: z.number() }),
  z.strictObject({ op: z.literal('gt'), value: z.number() }),
  z.strictObject({ op: z.literal('gte'), value: z.number() }),
  z.strictObject({ op: z.literal('lt'), value: z.number() }),
  z.strictObject({ op: z.literal('lte'), value: z.number() }),
  z
    .strictObject({ op: z.literal('between'), from: z.number(), to: z.number() })
    .describe('from included, to excluded'),
]);
export type NumberTest = z.infer<typeof numberTest>;

/** Dotted path into the event: `properties.price`, `page.category`, `name`, `context.app.name`. */
export const eventPath = z
  .string()
  .max(200)
  .regex(
    /^(name|properties\.[^.].*|traits\.[^.].*|context\.[^.].*|page\.(url|path|title|category|name))$/,
    'start with name, properties., traits., context. or page.',
  );

export const eventFilter = z.strictObject({ path: eventPath, test });
export type EventFilter = z.infer<typeof eventFilter>;

/** Which events count: a type, for track events a name, and filters that must all hold. */
export const eventMatch = z.strictObject({
  type: eventType,
  name: z.string().min(1).max(200).optional(),
  where: z.array(eventFilter).max(10).optional(),
});
export type EventMatch = z.infer<typeof eventMatch>;

/**
 * Over which stretch of time to count. A sliding window is kept in buckets of one minute (up to
 * 60 minutes), one hour (up to 48 hours) or one day (up to 90 days), and its oldest bucket counts whole.
 */
export const window = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session') }),
  z.strictObject({ kind: z.literal('ever') }),
  z.strictObject({ kind: z.literal('last_minutes'), minutes: z.number().int().min(1).max(60) }),
  z.strictObject({ kind: z.literal('last_hours'), hours: z.number().int().min(1).max(48) }),
  z.strictObject({ kind: z.literal('last_days'), days: z.number().int().min(1).max(90) }),
]);
export type Window = z.infer<typeof window>;

export const sessionFields = [
  'channel',
  'source',
  'medium',
  'campaign',
  'content',
  'keyword',
  'referrer_host',
  'landing_path',
  'landing_category',
  'device',
  'os',
  'browser',
] as const;
export const sessionField = z.enum(sessionFields);
export type SessionField = z.infer<typeof sessionField>;

export const affinityDimensions = ['category', 'brand'] as const;
export const affinityDimension = z.enum(affinityDimensions);
export type AffinityDimension = z.infer<typeof affinityDimension>;

const leaf = [
  z
    .strictObject({ kind: z.literal('event'), filters: z.array(eventFilter).min(1).max(10) })
    .describe('The event in hand'),
  z.strictObject({ kind: z.literal('trait'), name: z.string().min(1).max(200), test }),
  z
    .strictObject({ kind: z.literal('event_count'), event: eventMatch, window, test: numberTest })
    .describe('How often it happened'),
  z
    .strictObject({
      kind: z.literal('cart_total'),
      currency: z.string().regex(/^[A-Z]{3}$/),
      test: numberTest,
    })
    .describe('Sum of the cart, in units of the currency (20000 for ₩20,000)'),
  z.strictObject({ kind: z.literal('cart_quantity'), test: numberTest }),
  z
    .strictObject({
      kind: z.literal('cart_product'),
      field: z.enum(['product_id', 'category', 'brand', 'name']),
      test,
    })
    .describe('Some product in the cart'),
  z.strictObject({ kind: z.literal('session'), field: sessionField, test }),
  z
    .strictObject({ kind: z.literal('session_pages'), test: numberTest })
    .describe('Pages seen in this session, this one included'),
  z
    .strictObject({ kind: z.literal('sessions'), test: numberTest })
    .describe('Sessions so far, this one included'),
  z.strictObject({ kind: z.literal('visitor'), is: z.enum(['new', 'returning']) }),
  z.strictObject({ kind: z.literal('member'), is: z.boolean() }).describe('Known by a userId'),
  z
    .strictObject({
      kind: z.literal('affinity'),
      dimension: affinityDimension,
      key: z.string().min(1).max(200),
      measure: z.enum(['share', 'score']),
      test: numberTest,
    })
    .describe(
      'Decayed interest: score is its weight (a view 1, a cart 3, an order 5; half-life 30 days), share its part of the dimension, 0 to 1',
    ),
  z.strictObject({
    kind: z.literal('orders'),
    measure: z.enum(['count', 'total', 'days_since_last']),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    test: numberTest,
  }),
  z.strictObject({ kind: z.literal('segment'), segmentId, is: z.boolean() }),
  z.strictObject({ kind: z.literal('channel_in'), channels: z.array(channel).min(1) }),
  z.strictObject({ kind: z.literal('device_in'), devices: z.array(deviceType).min(1) }),
] as const;

export type LeafCondition = z.infer<(typeof leaf)[number]>;

/** A condition over one person, at one moment. */
export type Condition =
  | LeafCondition
  | { kind: 'all'; of: Condition[] }
  | { kind: 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition };

const group = <Kind extends 'all' | 'any'>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), of: z.array(z.lazy(() => condition)).max(50) });

export const condition: z.ZodType<Condition> = z.discriminatedUnion('kind', [
  ...leaf,
  group('all'),
  group('any'),
  z.strictObject({ kind: z.literal('not'), of: z.lazy(() => condition) }),
]);
