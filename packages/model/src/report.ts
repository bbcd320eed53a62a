import { z } from 'zod';
import { campaignId } from './ids.ts';

const count = z.number().int().nonnegative();

/** A half-open stretch of time, [from, to), ISO 8601 with offset. */
export const period = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
});
export type Period = z.infer<typeof period>;

export const interval = z.strictObject({ low: z.number(), high: z.number() });

export const armResult = z.strictObject({
  people: count,
  converted: count,
  rate: z.number(),
  valueMinor: z.number(),
});
export type ArmResult = z.infer<typeof armResult>;

export const campaignReport = z.strictObject({
  campaignId,
  period,
  people: z.strictObject({
    qualified: count.describe(
      'People for whom it was decided in the period to show or to withhold: both arms of the lift, `drawnBefore` and `crossedOver`',
    ),
    shown: count,
    withheld: count,
    seen: count,
    clicked: count,
    dismissed: count,
    converted: count.describe('Shown people who reached the goal within the window'),
    drawnBefore: count.describe(
      'Qualified people whose first decision of this campaign lies before the period; left out of lift and sample ratio, since what the message did to them decides whether they qualify again',
    ),
    crossedOver: count.describe(
      'People drawn in the period and met in both arms after a merge; left out of lift and sample ratio',
    ),
  }),
  value: z.strictObject({ currency: z.string(), totalMinor: z.number() }),
  lift: z
    .strictObject({
      treatment: armResult,
      holdout: armResult,
      absolute: z.number().describe('Difference of the two conversion rates'),
      absoluteInterval: interval.describe('95 %'),
      relative: z
        .number()
        .nullable()
        .describe('Difference over the holdout rate; null where that is 0'),
      relativeInterval: interval.nullable(),
      pValue: z.number(),
    })
    .nullable()
    .describe(
      'Of the people whose first decision of this campaign lies in the period, from that decision on; null while an arm has nobody',
    ),
  sampleRatio: z
    .strictObject({
      expectedHoldoutShare: z.number(),
      observedHoldoutShare: z.number(),
      pValue: z.number(),
      isSuspect: z
        .boolean()
        .describe('p < 0.001: the arms are not split as set; do not trust the lift'),
    })
    .describe('Of the people whom the lift compares'),
  variants: z.array(
    z.strictObject({
      variantId: z.string(),
      shown: count,
      seen: count,
      clicked: count,
      dismissed: count,
      converted: count,
    }),
  ),
  daily: z.array(
    z.strictObject({
      day: z.iso.date(),
      shown: count,
      withheld: count,
      seen: count,
      clicked: count,
      converted: count,
    }),
  ),
});
export type CampaignReport = z.infer<typeof campaignReport>;

export const shopReport = z.strictObject({
  period,
  visits: count,
  visitors: count,
  newVisitors: count,
  pageViews: count,
  events: count,
  botEvents: count,
  messages: z.strictObject({
    peopleShown: count.describe('People to whom it was decided to show a message'),
    peopleSeen: count.describe('Of those, the people on whose screen one appeared'),
    peopleClicked: count,
    responseRate: z.number().describe('People who clicked a message over people who saw one'),
  }),
  memberBenefitPageViews: count,
  signUpFormViews: count,
  signUps: count,
  signUpRate: z.number().describe('Sign-ups over views of the sign-up form'),
  orders: count,
  revenueMinor: z.number(),
  firstOrders: z.strictObject({
    count,
    totalMinor: z.number(),
    averageMinor: z.number(),
    products: count.describe('Pieces bought in first orders'),
  }),
  currency: z.string(),
  daily: z.array(
    z.strictObject({
      day: z.iso.date(),
      visits: count,
      newVisitors: count,
      signUps: count,
      orders: count,
      revenueMinor: z.number(),
    }),
  ),
  channels: z.array(
    z.strictObject({ channel: z.string(), visits: count, signUps: count, orders: count }),
  ),
});
export type ShopReport = z.infer<typeof shopReport>;
