import { z } from 'zod';
import { eventMatch, eventPath } from './event-match.ts';
import { attributeId } from './ids.ts';
import { window } from './window.ts';

/** The largest amount that is read from an event, either side of 0. */
export const MOST_AMOUNT = 10_000_000_000;
/** Amounts are kept in ten-thousandths, so that sums are exact in whatever order they are made. */
export const AMOUNT_STEPS = 10_000;
/** Distinct values are counted up to here. */
export const MOST_DISTINCT = 100;
/** Of first, last and most frequent, of sequences and of what happened since: how many are looked at. */
export const MOST_KEPT = 50;

export const affinityDimensions = ['category', 'brand'] as const;
export const affinityDimension = z.enum(affinityDimensions);
export type AffinityDimension = z.infer<typeof affinityDimension>;

const currency = z.string().regex(/^[A-Z]{3}$/);

/** What can be said of a person as a number. Undefined where nothing is known. */
export const numberMeasures = [
  z
    .strictObject({ kind: z.literal('event_count'), event: eventMatch, window })
    .describe('How often it happened; since another event, up to 50 times'),
  z
    .strictObject({
      kind: z.literal('event_number'),
      event: eventMatch,
      property: eventPath,
      measure: z.enum(['distinct', 'sum', 'mean', 'min', 'max']),
      window,
    })
    .describe(
      'A figure of one property. Amounts are numbers, also as text, of up to 10,000,000,000, to four decimals; distinct values are texts, numbers and booleans, counted up to 100',
    ),
  z
    .strictObject({ kind: z.literal('recency'), event: eventMatch })
    .describe('Days of 24 hours since it last happened'),
  z
    .strictObject({
      kind: z.literal('active_days'),
      event: eventMatch,
      days: z.number().int().min(1).max(90),
    })
    .describe("On how many of the last days of the shop's calendar it happened, today included"),
  z
    .strictObject({
      kind: z.literal('funnel'),
      steps: z.array(eventMatch).min(2).max(8),
      withinMinutes: z.number().int().min(1).max(129_600),
    })
    .describe(
      'How many steps were gone, one strictly after the other, within the time from the first',
    ),
  z
    .strictObject({ kind: z.literal('cart_total'), currency })
    .describe('Sum of the cart, in units of the currency (20000 for ₩20,000)'),
  z.strictObject({ kind: z.literal('cart_quantity') }),
  z
    .strictObject({ kind: z.literal('session_pages') })
    .describe('Pages seen in this session, this one included'),
  z.strictObject({ kind: z.literal('sessions') }).describe('Sessions so far, this one included'),
  z
    .strictObject({
      kind: z.literal('affinity'),
      dimension: affinityDimension,
      key: z.string().min(1).max(200),
      measure: z.enum(['share', 'score']),
    })
    .describe(
      'Decayed interest: score is its weight (a view 1, a cart 3, an order 5; half-life 30 days), share its part of the dimension, 0 to 1; to six decimals',
    ),
  z.strictObject({
    kind: z.literal('orders'),
    measure: z.enum(['count', 'total', 'days_since_last']),
    currency: currency.optional(),
  }),
  z
    .strictObject({ kind: z.literal('inferred'), attributeId, value: z.string().min(1).max(64) })
    .describe('How sure it is that an inferred attribute has this value, 0 to 1, to four decimals'),
  z
    .strictObject({ kind: z.literal('local_hour') })
    .describe("The hour of day where the person is, 0 to 23; the shop's where that is not known"),
  z
    .strictObject({ kind: z.literal('local_weekday') })
    .describe('The day of the week where the person is, Monday 1 to Sunday 7'),
] as const;

export const numberMeasure = z.discriminatedUnion('kind', numberMeasures);
export type NumberMeasure = z.infer<typeof numberMeasure>;
