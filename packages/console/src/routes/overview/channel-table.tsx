import type { ShopReport } from '@tenth/model/report.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Meter } from '../../ui/facts.tsx';
import { Strong } from '../../ui/layout.tsx';
import { nameChannel } from '../../words/names.ts';

export function ChannelTable({ report }: { readonly report: ShopReport }) {
  const { overview: messages } = useMessages();
  const format = useFormat();
  const shareOf = (visits: number) => (report.visits === 0 ? 0 : visits / report.visits);
  return (
    <Card title={messages.channels} flush>
      <DataTable
        label={messages.channels}
        rows={report.channels}
        keyOf={(row) => row.channel}
        columns={[
          {
            key: 'channel',
            title: messages.channel,
            cell: (row) => (
              <div style={{ minWidth: 160 }}>
                <Strong>{nameChannel(row.channel, format.locale)}</Strong>
                <div style={{ marginTop: 6, maxWidth: 260 }}>
                  <Meter share={shareOf(row.visits)} />
                </div>
              </div>
            ),
          },
          {
            key: 'visits',
            title: messages.visits,
            align: 'right',
            cell: (row) => format.count(row.visits),
          },
          {
            key: 'share',
            title: messages.share,
            align: 'right',
            cell: (row) => format.share(shareOf(row.visits)),
          },
          {
            key: 'signUps',
            title: messages.signUps,
            align: 'right',
            cell: (row) => format.count(row.signUps),
          },
          {
            key: 'orders',
            title: messages.orders,
            align: 'right',
            cell: (row) => format.count(row.orders),
          },
        ]}
      />
    </Card>
  );
}
