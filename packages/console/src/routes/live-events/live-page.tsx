import { useState } from 'react';
import { useRecentEvents } from '../../api/use-recent-events.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { EventList, EventRow } from './event-row.tsx';
import { filterEvents, mostEvents } from './live-list.ts';
import { useLiveList } from './use-live-list.ts';

export function LivePage() {
  const { live: messages } = useMessages();
  const format = useFormat();
  const recent = useRecentEvents();
  const { list, state, pause, resume } = useLiveList(recent.data?.events);
  const [wanted, setWanted] = useState('');
  const events = filterEvents(list.shown, wanted);
  const waiting = filterEvents(list.waiting, wanted).length;
  const tone = state === 'open' && !list.isPaused ? 'good' : state === 'open' ? 'plain' : 'warn';
  return (
    <Page
      title={messages.title}
      lead={messages.lead}
      beside={
        <span role="status">
          <Badge tone={tone} dot>
            {list.isPaused && state === 'open' ? messages.paused : messages[state]}
          </Badge>
        </span>
      }
    >
      <Stack>
        <Row gap={10}>
          <TextField
            kind="search"
            icon="search"
            label={messages.filter}
            hideLabel
            placeholder={messages.filterPlaceholder}
            value={wanted}
            onChange={setWanted}
          />
          {list.isPaused ? (
            <Button icon="play" kind="primary" onClick={resume}>
              {waiting === 0 ? messages.resume : messages.waiting(format.count(waiting))}
            </Button>
          ) : (
            <Button icon="pause" onClick={pause}>
              {messages.pause}
            </Button>
          )}
        </Row>
        <Card flush>
          <QueryView query={recent}>
            {() =>
              events.length === 0 ? (
                <Blank title={wanted === '' ? messages.emptyTitle : messages.noMatchTitle}>
                  {wanted === '' ? messages.empty : messages.noMatch}
                </Blank>
              ) : (
                <EventList label={messages.list}>
                  {events.map((event) => (
                    <EventRow
                      key={event.messageId}
                      event={event}
                      who
                      time={format.clock(event.at)}
                    />
                  ))}
                </EventList>
              )
            }
          </QueryView>
        </Card>
        <Muted>{messages.bounded(format.count(mostEvents))}</Muted>
      </Stack>
    </Page>
  );
}
