import { z } from 'zod';
import { channel } from './channel.ts';
import { deviceType } from './device.ts';
import { eventFilter, eventMatch, eventPath } from './event-match.ts';
import { listId, segmentId, variableId } from './ids.ts';
import { numberMeasures } from './measure.ts';
import { numberTest, test } from './value-test.ts';
import { window } from './window.ts';

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
  'country',
  'region',
  'city',
  'time_zone',
] as const;
export const sessionField = z.enum(sessionFields);
export type SessionField = z.infer<typeof sessionField>;

const [
  eventCount,
  eventNumber,
  recency,
  activeDays,
  funnel,
  cartTotal,
  cartQuantity,
  sessionPages,
  sessions,
  affinity,
  orders,
  inferred,
  localHour,
  localWeekday,
] = numberMeasures;

const leaf = [
  z
    .strictObject({ kind: z.literal('event'), filters: z.array(eventFilter).min(1).max(10) })
    .describe('The event in hand; for campaigns only, since a segment has none'),
  z.strictObject({ kind: z.literal('trait'), name: z.string().min(1).max(200), test }),
  eventCount.extend({ test: numberTest }),
  eventNumber.extend({ test: numberTest }),
  z
    .strictObject({
      kind: z.literal('event_value'),
      event: eventMatch,
      property: eventPath,
      measure: z.enum(['first', 'last', 'most_frequent']),
      window,
      test,
    })
    .describe(
      'The first, last or most frequent value of one property; of the last 50 that were texts of up to 200 characters, numbers or booleans. Of equally frequent ones the latest',
    ),
  recency.extend({ test: numberTest }),
  activeDays.extend({ test: numberTest }),
  funnel.extend({ test: numberTest }),
  z
    .strictObject({
      kind: z.literal('sequence'),
      first: eventMatch,
      // biome-ignore lint/suspicious/noThenProperty: the word people use; nothing awaits a condition
      then: eventMatch,
      withinMinutes: z.number().int().min(1).max(129_600),
      without: eventMatch.optional(),
    })
    .describe(
      'One event, and strictly after it another within the time, without a third strictly in between; among the last 50 of each',
    ),
  cartTotal.extend({ test: numberTest }),
  cartQuantity.extend({ test: numberTest }),
  z
    .strictObject({
      kind: z.literal('cart_product'),
      field: z.enum(['product_id', 'category', 'brand', 'name']),
      test,
    })
    .describe('Some product in the cart'),
  z.strictObject({ kind: z.literal('session'), field: sessionField, test }),
  sessionPages.extend({ test: numberTest }),
  sessions.extend({ test: numberTest }),
  z.strictObject({ kind: z.literal('visitor'), is: z.enum(['new', 'returning']) }),
  z.strictObject({ kind: z.literal('member'), is: z.boolean() }).describe('Known by a userId'),
  affinity.extend({ test: numberTest }),
  orders.extend({ test: numberTest }),
  inferred.extend({ test: numberTest }),
  localHour.extend({ test: numberTest }),
  localWeekday.extend({ test: numberTest }),
  z
    .strictObject({
      kind: z.literal('variable'),
      variableId,
      levels: z.array(z.string().min(1).max(64)).min(1).max(12),
    })
    .describe('The variable is at one of these levels'),
  z.strictObject({ kind: z.literal('segment'), segmentId, is: z.boolean() }),
  z
    .strictObject({ kind: z.literal('list'), listId, is: z.boolean() })
    .describe('Named in an uploaded list'),
  z
    .strictObject({
      kind: z.literal('random_share'),
      seed: z.string().min(1).max(64),
      from: z.number().min(0).max(1),
      to: z.number().min(0).max(1),
    })
    .describe('A fixed share of all people: those whose number under this seed lies in [from, to)'),
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
