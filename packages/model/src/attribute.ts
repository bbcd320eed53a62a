import { z } from 'zod';
import { condition } from './condition.ts';
import { attributeId } from './ids.ts';
import { localizedText } from './locale.ts';
import { affinityDimension } from './measure.ts';

const probability = z.number().gt(0).lt(1);

/**
 * Something inferred of a person and never asked, with how sure it is: by rules, of which the first
 * that holds decides, else by naive Bayes over the interest in categories and brands.
 */
export const attribute = z.strictObject({
  id: attributeId,
  name: localizedText,
  values: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64),
        name: localizedText,
        prior: probability.describe('Share of all people; the priors are scaled to sum to 1'),
      }),
    )
    .min(2)
    .max(12),
  rules: z
    .array(
      z.strictObject({
        value: z.string().min(1).max(64),
        condition,
        confidence: probability,
      }),
    )
    .max(20)
    .default([]),
  evidence: z
    .array(
      z.strictObject({
        dimension: affinityDimension,
        key: z.string().min(1).max(200),
        likelihoods: z
          .record(z.string(), probability)
          .describe('For each value, the share of such people’s interest that lies on this key'),
      }),
    )
    .max(200)
    .default([]),
});
export type Attribute = z.infer<typeof attribute>;
