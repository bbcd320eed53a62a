import { z } from 'zod';
import { campaign } from './campaign.ts';
import { segment } from './segment.ts';
import { workspaceSettings } from './workspace.ts';

/** Everything a workspace has published, as data. The engine compiles it; each change gets the next version. */
export const planDefinition = z.strictObject({
  version: z.number().int().min(1),
  settings: workspaceSettings,
  segments: z.array(segment).max(2_000),
  campaigns: z.array(campaign).max(1_000),
});
export type PlanDefinition = z.infer<typeof planDefinition>;
