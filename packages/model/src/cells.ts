import { z } from 'zod';
import { campaignId, profileId, variableId } from './ids.ts';
import { isoTime } from './iso-time.ts';
import { interval, period } from './report.ts';

const count = z.number().int().nonnegative();

const chosenVariables = z
  .array(variableId)
  .min(1)
  .max(10)
  .refine((ids) => new Set(ids).size === ids.length, 'name each variable once')
  .describe('What people are told apart by; the levels of a cell come in this order');

const cellLevels = z
  .array(z.string().max(64).nullable())
  .min(1)
  .max(10)
  .describe('A level of each of the variables; null: people who are at none of it');

export const cellOrder = z.enum(['people', 'conversion', 'response']);
export type CellOrder = z.infer<typeof cellOrder>;

/** Everybody told apart by the levels of some variables: how big is each cell, what does it buy, how does it respond? */
export const cellsRequest = z.strictObject({
  variables: chosenVariables,
  campaignId: campaignId
    .optional()
    .describe(
      'Compare the people to whom it was shown with those from whom it was withheld, of those whose first decision of it lies in the period',
    ),
  period: z
    .strictObject({
      from: isoTime.optional().describe('Included; 30 days before `to` unless given'),
      to: isoTime.optional().describe('Excluded; now unless given'),
    })
    .default({}),
  minPeople: z.number().int().min(1).default(1).describe('Smaller cells are not listed'),
  orderBy: cellOrder
    .default('people')
    .describe('The highest first; rates and responses as they are shrunk'),
  limit: z.number().int().min(1).max(2_000).default(200),
  fresh: z
    .boolean()
    .default(false)
    .describe("Work out everybody's levels anew, instead of answering from the last time"),
});
export type CellsRequest = z.infer<typeof cellsRequest>;

const estimate = z.strictObject({
  raw: z.number().nullable().describe('As counted; null where there was nobody to count'),
  shrunk: z
    .number()
    .describe('Drawn towards all cells, the more the fewer people there are: what to expect of it'),
  interval: interval.describe('90 % credible interval of the shrunk figure'),
});
export type CellEstimate = z.infer<typeof estimate>;

const armCell = z.strictObject({
  people: count,
  converted: count,
  rate: estimate.nullable().describe('null while the arm has nobody in any cell'),
});

export const campaignCell = z.strictObject({
  shown: armCell,
  withheld: armCell,
  response: estimate
    .nullable()
    .describe(
      'Rate of the shown less that of the withheld; null while no cell has people of both arms',
    ),
});

const figures = {
  people: count,
  share: z.number().describe('Of all people'),
  orders: count.describe('In the period'),
  buyers: count.describe('People with an order in the period'),
  conversion: estimate.describe('Buyers over people'),
  revenueMinor: z.number().describe("Of the orders in the workspace's currency"),
  revenuePerPersonMinor: z.number(),
  campaign: campaignCell.nullable().describe('null unless a campaign was asked for'),
};

export type CampaignCell = z.infer<typeof campaignCell>;

export const cell = z.strictObject({ levels: cellLevels, ...figures });
export type Cell = z.infer<typeof cell>;

export const cellsReply = z.strictObject({
  asOf: isoTime.describe("When everybody's levels were worked out"),
  period,
  currency: z.string(),
  variables: z.array(z.strictObject({ id: variableId, levels: z.array(z.string()) })),
  cells: z.array(cell),
  totals: z
    .strictObject(figures)
    .describe('Over all people, listed or not; nothing is drawn anywhere'),
  possible: z.number().describe('Cells there could be: the product of the numbers of levels'),
  occupied: count.describe('Of those, the ones with somebody in them'),
  partial: count.describe('Further cells, of people who are at no level of some variable'),
  matching: count.describe('Cells of at least `minPeople`, of which the first `limit` are listed'),
});
export type CellsReply = z.infer<typeof cellsReply>;

/** The people of one cell. */
export const cellPeopleRequest = z
  .strictObject({
    variables: chosenVariables,
    levels: cellLevels,
    limit: z.number().int().min(1).max(200).default(50),
    after: profileId.optional().describe('Cursor: `next` of the page before'),
  })
  .refine(({ variables, levels }) => variables.length === levels.length, {
    path: ['levels'],
    message: 'name a level, or null, for each of the variables',
  });
export type CellPeopleRequest = z.infer<typeof cellPeopleRequest>;

export const cellPeopleReply = z.strictObject({
  asOf: isoTime,
  people: z.array(
    z.strictObject({ profileId, link: z.string().describe('The person in the console') }),
  ),
  of: count.describe('People in the cell'),
  next: z.string().nullable(),
});
export type CellPeopleReply = z.infer<typeof cellPeopleReply>;
