import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { usePeople } from '../../api/use-people.ts';
import { useSegments } from '../../api/use-segments.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Row } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { PeopleTable } from './people-table.tsx';

const route = getRouteApi('/people');

export function PeoplePage() {
  const { people: messages, action } = useMessages();
  const { search = '', segment } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search);
  const wanted = useSettled(typed);
  const written = useRef(search);
  useEffect(() => {
    // The address changed by itself, by a link or by going back: the field follows.
    if (search !== written.current) {
      written.current = search;
      setTyped(search);
    }
  }, [search]);
  useEffect(() => {
    if (wanted !== written.current) {
      written.current = wanted;
      void navigate({
        search: (before) => ({
          ...(wanted === '' ? {} : { search: wanted }),
          ...(before.segment === undefined ? {} : { segment: before.segment }),
        }),
        replace: true,
      });
    }
  }, [wanted, navigate]);
  const people = usePeople(search, segment);
  const isFiltered = search !== '' || segment !== undefined;
  return (
    <Page title={messages.title} lead={messages.lead}>
      <Row gap={10}>
        <TextField
          kind="search"
          icon="search"
          label={messages.search}
          hideLabel
          placeholder={messages.searchPlaceholder}
          value={typed}
          onChange={setTyped}
        />
        {segment === undefined ? null : <SegmentFilter id={segment} />}
      </Row>
      <Card flush>
        <QueryView
          query={people}
          isEmpty={(data) => data.pages.every((page) => page.people.length === 0)}
          empty={
            <Blank title={isFiltered ? messages.noMatchTitle : messages.emptyTitle}>
              {isFiltered ? messages.noMatch : messages.empty}
            </Blank>
          }
        >
          {(data) => <PeopleTable people={data.pages.flatMap((page) => page.people)} />}
        </QueryView>
      </Card>
      {people.hasNextPage ? (
        <Row>
          <Button isBusy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            {action.more}
          </Button>
        </Row>
      ) : null}
    </Page>
  );
}

/** The text once typing has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function SegmentFilter({ id }: { readonly id: string }) {
  const { people: messages, action } = useMessages();
  const format = useFormat();
  const segments = useSegments();
  const found = segments.data?.segments.find(({ segment }) => segment.id === id);
  const name = found === undefined ? id : format.text(found.segment.name);
  return (
    <Row gap={8}>
      <Badge tone="good">{messages.inSegment(name)}</Badge>
      <Link to="/people" search={{}}>
        {action.clear}
      </Link>
    </Row>
  );
}
