import { useCampaigns } from '../../api/use-campaigns.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { Blank } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { CampaignTable } from './campaign-table.tsx';

export function CampaignsPage() {
  const { campaigns: messages } = useMessages();
  const campaigns = useCampaigns();
  return (
    <Page title={messages.title} lead={messages.lead}>
      <Card flush>
        <QueryView
          query={campaigns}
          isEmpty={(data) => data.campaigns.length === 0}
          empty={<Blank title={messages.emptyTitle}>{messages.empty}</Blank>}
        >
          {(data) => <CampaignTable campaigns={data.campaigns} />}
        </QueryView>
      </Card>
    </Page>
  );
}
