import { getRouteApi, Link } from '@tanstack/react-router';
import type { Campaign } from '@tenth/model/campaign.ts';
import { useCampaign } from '../../api/use-campaign.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { readPeriodChoice, writePeriodChoice } from '../../period/period.ts';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { describeMoment } from '../../words/describe-trigger.ts';
import { type CampaignTab, campaignTabs } from './campaign-search.ts';
import { DefinitionTab } from './definition-tab.tsx';
import { PreviewTab } from './preview-tab.tsx';
import { ReportTab } from './report-tab.tsx';
import { StatusSwitch } from './status-switch.tsx';

const route = getRouteApi('/campaigns/$id');

/** The frame of everything about one campaign; the editor will be one more tab. */
export function CampaignPage() {
  const { campaigns: messages } = useMessages();
  const format = useFormat();
  const { id } = route.useParams();
  const query = useCampaign(id);
  const campaign = query.data?.campaign;
  return (
    <Page
      key={id}
      title={campaign === undefined ? messages.name : format.text(campaign.name)}
      lead={campaign === undefined ? undefined : describeMoment(campaign, format.locale)}
      above={<Link to="/campaigns">← {messages.backToCampaigns}</Link>}
      beside={campaign === undefined ? null : <StatusSwitch campaign={campaign} />}
    >
      <QueryView query={query}>{(data) => <CampaignTabs campaign={data.campaign} />}</QueryView>
    </Page>
  );
}

function CampaignTabs({ campaign }: { readonly campaign: Campaign }) {
  const messages = useMessages();
  const search = route.useSearch();
  const { tab = 'report' } = search;
  const navigate = route.useNavigate();
  const choice = readPeriodChoice(search);
  const panels: Readonly<Record<CampaignTab, () => React.ReactNode>> = {
    report: () => (
      <ReportTab
        campaign={campaign}
        choice={choice}
        onChoose={(chosen) =>
          void navigate({ search: { tab, ...writePeriodChoice(chosen) }, replace: true })
        }
      />
    ),
    definition: () => <DefinitionTab campaign={campaign} />,
    preview: () => <PreviewTab campaign={campaign} />,
  };
  return (
    <Tabs
      label={messages.campaigns.name}
      value={tab}
      choices={campaignTabs.map((one) => ({ value: one, label: messages[one].tab }))}
      onChange={(next) => void navigate({ search: { ...search, tab: next }, replace: true })}
    >
      {panels[tab]()}
    </Tabs>
  );
}
