import { Link } from '@tanstack/react-router';
import type { PersonSummary } from '@tenth/model/person.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Muted, Strong } from '../../ui/layout.tsx';
import { namePerson } from './name-person.ts';

export function PeopleTable({ people }: { readonly people: readonly PersonSummary[] }) {
  const { people: messages } = useMessages();
  const format = useFormat();
  return (
    <DataTable
      label={messages.list}
      rows={people}
      keyOf={(person) => person.profileId}
      columns={[
        {
          key: 'person',
          title: messages.person,
          cell: (person) => {
            const { name, more } = namePerson(person, messages.anonymous);
            return (
              <>
                <Link to="/people/$person" params={{ person: `profileId:${person.profileId}` }}>
                  <Strong>{name}</Strong>
                </Link>
                <div>
                  <Muted>{more}</Muted>
                </div>
              </>
            );
          },
        },
        { key: 'userId', title: messages.userId, cell: (person) => person.userId ?? '–' },
        {
          key: 'lastSeen',
          title: messages.lastSeen,
          cell: (person) => (
            <time dateTime={person.lastSeenAt}>{format.ago(person.lastSeenAt)}</time>
          ),
        },
        {
          key: 'sessions',
          title: messages.sessions,
          align: 'right',
          cell: (person) => format.count(person.sessions),
        },
        {
          key: 'orders',
          title: messages.orders,
          align: 'right',
          cell: (person) => format.count(person.orders),
        },
      ]}
    />
  );
}
