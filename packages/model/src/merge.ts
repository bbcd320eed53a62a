import { z } from 'zod';
import { isoTime } from './iso-time.ts';

export const merge = z.strictObject({
  mergeId: z.string(),
  at: isoTime,
  survivorId: z.string(),
  absorbedId: z.string(),
  reason: z.string(),
  undoneAt: isoTime.nullable(),
});
export type Merge = z.infer<typeof merge>;
