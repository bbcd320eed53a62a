import { z } from 'zod';
import { isoTime } from './iso-time.ts';

/** What was taken out of one table, and what was found in it afterwards. */
export const erasedTable = z.strictObject({
  store: z.enum(['operational', 'event_log']),
  table: z.string(),
  removed: z.number().int().min(0).describe('Rows'),
  left: z
    .number()
    .int()
    .min(0)
    .describe('Rows of the person counted afterwards; 0 once it is done'),
});
export type ErasedTable = z.infer<typeof erasedTable>;

/** The certificate of an erasure. It proves that somebody was erased and does not say who. */
export const erasure = z.strictObject({
  erasureId: z.string(),
  state: z.enum(['running', 'done']),
  requestedAt: isoTime,
  subjects: z
    .array(z.string())
    .describe(
      'A keyed hash for each userId and anonymousId of the person. Whoever asks with such an id can be told which certificate is theirs. Empty where nobody asked: by retention',
    ),
  tables: z.array(erasedTable).describe('As far as it has come'),
  planReferences: z
    .array(z.string())
    .describe(
      'Places in what is published that hold an id or address of the person, such as a condition that names them. They are the shop’s own text and stay until somebody changes them',
    ),
  waitingFor: z.string().nullable().describe('What kept the last try from going on'),
  verifiedAt: isoTime.nullable().describe('When all tables were last counted, and had none left'),
});
export type Erasure = z.infer<typeof erasure>;
