import { z } from 'zod';
import type { Json } from './json.ts';

/** Any JSON, typed as {@link Json}. */
export const json: z.ZodType<Json> = z.json();
