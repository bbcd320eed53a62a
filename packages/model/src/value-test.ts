import { z } from 'zod';
import { isoTime } from './iso-time.ts';
import { regularExpression } from './regular-expression.ts';

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
const text = z.string().min(1).max(500);
const days = z.number().int().min(0).max(3_650);

/** `1`, `1.4` or `1.4.2`, as apps number their versions. A part that is left out is 0. */
export const versionNumber = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9}){0,2}$/, 'use up to three numbers with dots between: 1.4.2');

/** One test of one value. A missing value fails every test but `missing`, `is_not` and `not_in`. */
const timelessTests = [
  z.strictObject({ op: z.literal('is'), value: scalar }),
  z.strictObject({ op: z.literal('is_not'), value: scalar }),
  z.strictObject({ op: z.literal('in'), values: z.array(scalar).min(1).max(1_000) }),
  z.strictObject({ op: z.literal('not_in'), values: z.array(scalar).min(1).max(1_000) }),
  z.strictObject({ op: z.literal('contains'), value: text }),
  z.strictObject({ op: z.literal('contains_any'), values: z.array(text).min(1).max(1_000) }),
  z.strictObject({ op: z.literal('starts_with'), value: text }),
  z.strictObject({ op: z.literal('ends_with'), value: text }),
  z
    .strictObject({ op: z.literal('matches'), pattern: regularExpression })
    .describe('A regular expression of RE2, found anywhere in the text, without regard to case'),
  z
    .strictObject({ op: z.literal('has_all'), values: z.array(scalar).min(1).max(100) })
    .describe('A list in which each of these stands'),
  z.strictObject({ op: z.literal('gt'), value: z.number() }),
  z.strictObject({ op: z.literal('gte'), value: z.number() }),
  z.strictObject({ op: z.literal('lt'), value: z.number() }),
  z.strictObject({ op: z.literal('lte'), value: z.number() }),
  z
    .strictObject({ op: z.literal('between'), from: z.number(), to: z.number() })
    .describe('from included, to excluded'),
  z.strictObject({ op: z.literal('before'), time: isoTime }).describe('A date before this moment'),
  z
    .strictObject({ op: z.literal('after'), time: isoTime })
    .describe('A date at or after this moment'),
  z.strictObject({ op: z.literal('version_gte'), version: versionNumber }),
  z.strictObject({ op: z.literal('version_lt'), version: versionNumber }),
  z.strictObject({ op: z.literal('exists') }),
  z.strictObject({ op: z.literal('missing') }),
] as const;

/** A test of a value in an event: what happened does not come to be true or false later. */
export const eventTest = z.discriminatedUnion('op', timelessTests);

export const test = z.discriminatedUnion('op', [
  ...timelessTests,
  z
    .strictObject({ op: z.literal('in_last_days'), days })
    .describe('A date between then and now, as 24-hour days'),
  z
    .strictObject({ op: z.literal('in_next_days'), days })
    .describe('A date between now and then, as 24-hour days'),
  z
    .strictObject({ op: z.literal('anniversary_in_days'), days: z.number().int().min(0).max(30) })
    .describe(
      "A date whose month and day come round within so many days, today included, by the shop's calendar; the 29th of February on the 28th where there is none",
    ),
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
