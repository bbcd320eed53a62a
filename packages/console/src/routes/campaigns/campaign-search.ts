import { type PeriodSearch, readPeriodSearch } from '../../period/period.ts';

export const campaignTabs = ['report', 'definition', 'preview'] as const;
export type CampaignTab = (typeof campaignTabs)[number];

export interface CampaignSearch extends PeriodSearch {
  readonly tab?: CampaignTab;
}

export function readCampaignSearch(search: Readonly<Record<string, unknown>>): CampaignSearch {
  const tab = campaignTabs.find((one) => one === search.tab);
  return { ...readPeriodSearch(search), ...(tab === undefined ? {} : { tab }) };
}
