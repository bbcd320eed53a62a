import { z } from 'zod';
import { condition } from './condition.ts';
import { variableId } from './ids.ts';
import { localizedText } from './locale.ts';
import { numberMeasure } from './measure.ts';

const levelId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'use 1 to 64 of a-z, 0-9, hyphen and underscore');

const namedLevel = { id: levelId, name: localizedText };

/**
 * How a variable is put into levels: by cuts in a figure (given, or at quantiles that are worked out
 * anew on a schedule), or by rules, of which the first that holds decides.
 */
const levelling = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('thresholds'),
      of: numberMeasure,
      levels: z
        .array(z.strictObject({ ...namedLevel, below: z.number().optional() }))
        .min(2)
        .max(12),
    })
    .describe('Each level reaches up to below its figure; the last one has none'),
  z
    .strictObject({
      kind: z.literal('quantiles'),
      of: numberMeasure,
      levels: z
        .array(
          z.strictObject({
            ...namedLevel,
            share: z.number().gt(0).lte(1).describe('Of all people of whom the figure is known'),
            below: z.number().optional().describe('Worked out; the last level has none'),
            reached: z
              .number()
              .min(0)
              .max(1)
              .optional()
              .describe(
                'Worked out: the share that is in it. People with the same figure stay together, so it may differ from the wanted one; 0 where there are fewer figures than levels',
              ),
          }),
        )
        .min(2)
        .max(12),
      everyHours: z.number().int().min(1).max(720).default(24),
      computedAt: z.number().optional(),
    })
    .describe('Levels of given shares of people, the lowest figures first'),
  z.strictObject({
    kind: z.literal('rules'),
    levels: z
      .array(z.strictObject({ ...namedLevel, condition: condition.optional() }))
      .min(2)
      .max(12),
  }),
]);

/** A trait, aggregate, affinity or context value put into a few named levels. Nobody without a figure has one. */
export const variable = z.strictObject({
  id: variableId,
  name: localizedText,
  description: localizedText.optional(),
  levelling,
});
export type Variable = z.infer<typeof variable>;
