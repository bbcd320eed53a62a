import { z } from 'zod';
import { currentConsent } from './consent-record.ts';
import { isoTime } from './iso-time.ts';
import { json } from './json-schema.ts';

export const personSummary = z.strictObject({
  profileId: z.string(),
  userId: z.string().nullable(),
  anonymousIds: z.array(z.string()),
  name: z.string().nullable(),
  email: z.string().nullable(),
  firstSeenAt: isoTime,
  lastSeenAt: isoTime,
  sessions: z.number().int(),
  orders: z.number().int(),
});
export type PersonSummary = z.infer<typeof personSummary>;

export const person = personSummary.extend({
  identifiers: z.array(z.strictObject({ kind: z.string(), value: z.string() })),
  traits: z.record(
    z.string(),
    z.strictObject({ value: json, at: isoTime, isVerified: z.boolean() }),
  ),
  consents: z
    .array(currentConsent)
    .describe('What the person agreed to or took back, as it stands now; by purpose'),
  segments: z.array(z.strictObject({ segmentId: z.string(), enteredAt: isoTime })),
  affinities: z.record(
    z.string(),
    z.array(z.strictObject({ key: z.string(), score: z.number(), share: z.number() })),
  ),
  orderTotals: z.record(z.string(), z.number()).describe('Minor units by currency'),
  session: z
    .strictObject({
      sessionId: z.string(),
      startedAt: isoTime,
      lastAt: isoTime,
      pages: z.number().int(),
      channel: z.string(),
      source: z.string(),
      campaign: z.string(),
      keyword: z.string(),
      landingPath: z.string(),
      landingCategory: z.string(),
      device: z.string(),
      isNewVisitor: z.boolean(),
    })
    .nullable()
    .describe('The latest over all devices'),
  cart: z
    .strictObject({
      currency: z.string(),
      totalMinor: z.number(),
      quantity: z.number(),
      items: z.array(
        z.strictObject({
          productId: z.string(),
          name: z.string(),
          quantity: z.number(),
          priceMinor: z.number(),
        }),
      ),
    })
    .nullable(),
  ledger: z.array(
    z.strictObject({
      decisionId: z.string(),
      campaignId: z.string(),
      variantId: z.string(),
      arm: z.enum(['treatment', 'holdout']),
      at: isoTime,
      state: z.enum(['reserved', 'released', 'withheld', 'seen', 'clicked', 'dismissed']),
    }),
  ),
});
export type Person = z.infer<typeof person>;

export const personRef = z
  .string()
  .regex(/^(userId|anonymousId|profileId):.{1,255}$/, 'userId:ID, anonymousId:ID or profileId:ID');
