import type { CampaignInput } from '@tenth/model/campaign.ts';
import { newcomerCampaigns } from './plan/newcomer-campaigns.ts';
import { demoSegments, type SegmentInput } from './plan/segments.ts';
import { type DemoHosts, type SettingsInput, settingsFor } from './plan/settings.ts';
import { shoppingCampaigns } from './plan/shopping-campaigns.ts';

export { demoSettings } from './plan/settings.ts';

export interface DemoPlan {
  readonly settings: SettingsInput;
  readonly segments: SegmentInput[];
  readonly campaigns: CampaignInput[];
}

/**
 * What the demo's workspace publishes, before defaults.
 *
 * @param hosts Hosts of portal and shop as they stand in an address, with the port unless it is 80 or 443.
 */
export function demoPlan(hosts: DemoHosts): DemoPlan {
  return {
    settings: settingsFor(hosts),
    segments: demoSegments,
    campaigns: [...newcomerCampaigns, ...shoppingCampaigns],
  };
}
