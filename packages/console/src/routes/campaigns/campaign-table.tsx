import { Link } from '@tanstack/react-router';
import type { ReplyOf } from '../../api/client.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Muted, Strong } from '../../ui/layout.tsx';
import { describeMoment } from '../../words/describe-trigger.ts';
import { StatusSwitch } from './status-switch.tsx';

export function CampaignTable({
  campaigns,
}: {
  readonly campaigns: ReplyOf<'listCampaigns'>['campaigns'];
}) {
  const { campaigns: messages } = useMessages();
  const format = useFormat();
  return (
    <DataTable
      label={messages.list}
      rows={campaigns}
      keyOf={({ campaign }) => campaign.id}
      columns={[
        {
          key: 'name',
          title: messages.name,
          cell: ({ campaign }) => (
            <>
              <Link to="/campaigns/$id" params={{ id: campaign.id }}>
                <Strong>{format.text(campaign.name)}</Strong>
              </Link>
              <div>
                <Muted>{describeMoment(campaign, format.locale)}</Muted>
              </div>
            </>
          ),
        },
        {
          key: 'status',
          title: messages.status,
          cell: ({ campaign }) => <StatusSwitch campaign={campaign} />,
        },
        {
          key: 'priority',
          title: messages.priority,
          align: 'right',
          cell: ({ campaign }) => format.count(campaign.priority),
        },
        {
          key: 'shown',
          title: messages.shown,
          align: 'right',
          cell: ({ last30Days }) => format.count(last30Days.shown),
        },
        {
          key: 'withheld',
          title: messages.withheld,
          align: 'right',
          cell: ({ last30Days }) => format.count(last30Days.withheld),
        },
        {
          key: 'clicked',
          title: messages.clicked,
          align: 'right',
          cell: ({ last30Days }) => format.count(last30Days.clicked),
        },
        {
          key: 'clickRate',
          title: messages.clickRate,
          align: 'right',
          cell: ({ last30Days }) =>
            last30Days.seen === 0 ? '–' : format.share(last30Days.clicked / last30Days.seen),
        },
      ]}
    />
  );
}
