import { getRouteApi, Link } from '@tanstack/react-router';
import { usePerson } from '../../api/use-person.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ExplainTab } from './explain-tab.tsx';
import { MergesTab } from './merges-tab.tsx';
import { namePerson } from './name-person.ts';
import { type PersonTab, personTabs } from './person-search.ts';
import { ProfileTab } from './profile-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';

const route = getRouteApi('/people/$person');

export function PersonPage() {
  const messages = useMessages();
  const { person: ref } = route.useParams();
  const { tab = 'profile', campaign } = route.useSearch();
  const navigate = route.useNavigate();
  const person = usePerson(ref);
  const named =
    person.data === undefined ? undefined : namePerson(person.data, messages.people.anonymous);
  const panels: Readonly<Record<PersonTab, () => React.ReactNode>> = {
    profile: () => <QueryView query={person}>{(data) => <ProfileTab person={data} />}</QueryView>,
    timeline: () => <TimelineTab person={ref} />,
    explain: () => (
      <ExplainTab
        person={ref}
        campaign={campaign}
        onPick={(id) => void navigate({ search: { tab, campaign: id }, replace: true })}
      />
    ),
    merges: () => <MergesTab person={ref} />,
  };
  return (
    <Page
      key={ref}
      title={named?.name ?? messages.people.person}
      lead={named?.more}
      above={<Link to="/people">← {messages.person.backToPeople}</Link>}
      beside={
        person.data === undefined ? null : person.data.userId === null ? (
          <Badge>{messages.people.anonymous}</Badge>
        ) : (
          <Badge tone="good">{messages.people.member}</Badge>
        )
      }
    >
      <Tabs
        label={messages.people.person}
        value={tab}
        choices={personTabs.map((one) => ({ value: one, label: messages.person[one] }))}
        onChange={(next) =>
          void navigate({
            search: { tab: next, ...(campaign === undefined ? {} : { campaign }) },
            replace: true,
          })
        }
      >
        {panels[tab]()}
      </Tabs>
    </Page>
  );
}
