import { z } from 'zod';
import { attribute } from './attribute.ts';
import { campaign } from './campaign.ts';
import { peopleList } from './list.ts';
import { segment } from './segment.ts';
import { variable } from './variable.ts';
import { workspaceSettings } from './workspace.ts';

/**
 * A segment's next definition, while what it counts is made up for everybody from the event log. It is
 * counted already, and nobody's membership is decided by it: until then the old one stands. A new segment
 * stands among the segments, so that others can name it, and nobody comes into it.
 */
export const preparedSegment = z.strictObject({ segment, isNew: z.boolean() });

/** Everything a workspace has published, as data. The engine compiles it; each change gets the next version. */
export const planDefinition = z.strictObject({
  version: z.number().int().min(1),
  settings: workspaceSettings,
  segments: z.array(segment).max(2_000),
  preparing: z.array(preparedSegment).max(100).default([]),
  variables: z.array(variable).max(200).default([]),
  attributes: z.array(attribute).max(50).default([]),
  lists: z.array(peopleList).max(100).default([]),
  campaigns: z.array(campaign).max(1_000),
});
export type PlanDefinition = z.infer<typeof planDefinition>;
