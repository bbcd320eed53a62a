import { Link } from '@tanstack/react-router';
import type { Person } from '@tenth/model/person.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useCampaignNames } from '../../frame/use-known-names.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Muted } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';

const tones: Readonly<Record<Person['ledger'][number]['state'], Tone>> = {
  reserved: 'plain',
  released: 'plain',
  withheld: 'warn',
  seen: 'good',
  clicked: 'good',
  dismissed: 'plain',
};

export function LedgerCard({ ledger }: Pick<Person, 'ledger'>) {
  const { person: messages } = useMessages();
  const format = useFormat();
  const names = useCampaignNames();
  return (
    <Card title={messages.ledger} hint={messages.ledgerHint} flush>
      {ledger.length === 0 ? (
        <Blank title={messages.noLedger} />
      ) : (
        <DataTable
          label={messages.ledger}
          rows={ledger}
          keyOf={(entry) => entry.decisionId}
          columns={[
            {
              key: 'campaign',
              title: messages.campaign,
              cell: (entry) => (
                <Link to="/campaigns/$id" params={{ id: entry.campaignId }}>
                  {names.get(entry.campaignId) ?? entry.campaignId}
                </Link>
              ),
            },
            { key: 'variant', title: messages.variant, cell: (entry) => entry.variantId },
            {
              key: 'state',
              title: messages.result,
              cell: (entry) => (
                <Badge tone={tones[entry.state]}>{messages.ledgerStates[entry.state]}</Badge>
              ),
            },
            {
              key: 'at',
              title: messages.when,
              align: 'right',
              cell: (entry) => <Muted>{format.moment(entry.at)}</Muted>,
            },
          ]}
        />
      )}
    </Card>
  );
}
