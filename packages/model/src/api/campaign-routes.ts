import { z } from 'zod';
import { campaign, campaignStatus } from '../campaign.ts';
import { byId } from './fields.ts';
import type { Route } from './route.ts';

export const campaignRoutes = {
  listCampaigns: {
    method: 'GET',
    path: '/api/v1/campaigns',
    tag: 'Campaigns',
    summary: 'All campaigns, highest priority first, with their last 30 days',
    access: 'read',
    reply: z.strictObject({
      campaigns: z.array(
        z.strictObject({
          campaign,
          last30Days: z.strictObject({
            shown: z.number().int(),
            withheld: z.number().int(),
            seen: z.number().int(),
            clicked: z.number().int(),
          }),
        }),
      ),
    }),
  },
  getCampaign: {
    method: 'GET',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'One campaign',
    access: 'read',
    ...byId,
    reply: z.strictObject({ campaign, planVersion: z.number().int() }),
  },
  putCampaign: {
    method: 'PUT',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'Create or replace a campaign and publish it in its status',
    access: 'write',
    ...byId,
    body: campaign,
    reply: z.strictObject({ campaign, planVersion: z.number().int() }),
  },
  setCampaignStatus: {
    method: 'PATCH',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'Switch a campaign on or off',
    access: 'write',
    ...byId,
    body: z.strictObject({ status: campaignStatus }),
    reply: z.strictObject({ campaign, planVersion: z.number().int() }),
  },
  deleteCampaign: {
    method: 'DELETE',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'Take a campaign out; its history stays in the event log',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
