import type { Person } from '@tenth/model/person.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Figures } from '../../ui/facts.tsx';
import { Columns, Stack } from '../../ui/layout.tsx';
import { LedgerCard } from './ledger-card.tsx';
import {
  AffinityCard,
  CartCard,
  ConsentCard,
  IdentifierCard,
  SegmentCard,
  TraitCard,
} from './profile-cards.tsx';
import { SessionCard } from './session-card.tsx';

export function ProfileTab({ person }: { readonly person: Person }) {
  const messages = useMessages();
  const format = useFormat();
  const totals = Object.entries(person.orderTotals);
  return (
    <Stack>
      <Figures
        label={messages.person.summary}
        figures={[
          {
            name: messages.people.sessions,
            value: format.count(person.sessions),
            below: `${messages.people.firstSeen} ${format.day(person.firstSeenAt)}`,
          },
          { name: messages.people.orders, value: format.count(person.orders) },
          {
            name: messages.person.orderTotal,
            value:
              totals.length === 0
                ? '–'
                : totals.map(([currency, minor]) => format.money(minor, currency)).join(' + '),
          },
          {
            name: messages.people.lastSeen,
            value: format.ago(person.lastSeenAt),
            below: format.moment(person.lastSeenAt),
          },
        ]}
      />
      <Columns leastPx={380}>
        <Stack>
          <SessionCard session={person.session} />
          <CartCard cart={person.cart} />
          <IdentifierCard identifiers={person.identifiers} />
        </Stack>
        <Stack>
          <AffinityCard affinities={person.affinities} />
          <SegmentCard segments={person.segments} />
          <TraitCard traits={person.traits} />
          <ConsentCard consents={person.consents} />
        </Stack>
      </Columns>
      <LedgerCard ledger={person.ledger} />
    </Stack>
  );
}
