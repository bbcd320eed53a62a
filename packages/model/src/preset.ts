import { z } from 'zod';
import { json } from './json-schema.ts';
import { segment } from './segment.ts';

const bilingual = z.strictObject({ ko: z.string(), en: z.string() });

/** A segment that only has to be chosen, with figures that may be changed. */
export const preset = z.strictObject({
  id: z.string(),
  group: z.string().describe('Id of one of the groups'),
  name: bilingual,
  description: bilingual,
  parameters: z
    .record(z.string(), json)
    .describe('JSON Schema of what may be set, with defaults; describes a form'),
  labels: z.record(z.string(), bilingual).describe('What the parameters are called'),
  segment: segment.describe('With the defaults, ready to be put'),
});

/** The library of segments, group by group in the order in which they are shown. */
export const presetLibrary = z.strictObject({
  groups: z.array(z.strictObject({ id: z.string(), name: bilingual })),
  presets: z.array(preset),
});
export type PresetLibrary = z.infer<typeof presetLibrary>;
