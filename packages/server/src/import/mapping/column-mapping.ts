import { eventType } from '@tenth/model/event.ts';
import { z } from 'zod';

const column = z.string().min(1).max(200);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Where in a Segment message: `event`, `anonymousId`, `properties.products.0.price`, `context.sessionId`. */
export const messagePath = z
  .string()
  .max(200)
  .regex(
    /^(event|name|userId|anonymousId|messageId|groupId|(properties|traits|context)(\.[\p{L}\p{N}_$ -]+)+)$/u,
    'start with event, name, userId, anonymousId, messageId, groupId, properties., traits. or context.',
  )
  .refine((path) => !path.split('.').includes('__proto__'), 'no part may be __proto__');

export const fieldRule = z.strictObject({
  to: messagePath,
  from: z.union([
    z.strictObject({ column }),
    z.strictObject({ constant: scalar }),
    z
      .strictObject({ template: z.string().min(1).max(500) })
      .describe('Text with {column} and {line} in it'),
  ]),
  as: z.enum(['string', 'number', 'boolean']).default('string'),
  values: z
    .record(z.string(), scalar)
    .optional()
    .describe('What each value becomes; a row with another value is rejected'),
  replace: z.strictObject({ text: z.string().min(1), by: z.string() }).optional(),
  when: z
    .strictObject({ column, in: z.array(z.string()).min(1) })
    .optional()
    .describe('Only for rows whose column has one of these values'),
  required: z.boolean().default(false).describe('A row without it is rejected'),
});
export type FieldRule = z.infer<typeof fieldRule>;

export const timeFormats = ['iso', 'utc', 'unix_seconds', 'unix_ms'] as const;

/** How the rows of a CSV file become Segment messages. */
export const columnMapping = z.strictObject({
  delimiter: z.string().length(1).default(','),
  type: eventType.default('track'),
  time: z.strictObject({
    column,
    format: z
      .enum(timeFormats)
      .default('iso')
      .describe(
        'iso: ISO 8601 with an offset; utc: a date and time without one, or with UTC, read as UTC',
      ),
  }),
  fields: z.array(fieldRule).min(1).max(200),
});
export type ColumnMapping = z.infer<typeof columnMapping>;
/** A mapping as written, before defaults. */
export type ColumnMappingInput = z.input<typeof columnMapping>;
