import { z } from 'zod';
import { condition } from './condition.ts';
import { segmentId } from './ids.ts';
import { localizedText } from './locale.ts';

export const segment = z.strictObject({
  id: segmentId,
  name: localizedText,
  description: localizedText.optional(),
  condition,
});
export type Segment = z.infer<typeof segment>;
