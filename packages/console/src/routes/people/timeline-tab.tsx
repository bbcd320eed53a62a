import type { TimelineEvent } from '@tenth/model/timeline-event.ts';
import { usePersonEvents } from '../../api/use-person-events.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useCampaignNames } from '../../frame/use-known-names.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock, Fold } from '../../ui/code.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { EventList, EventRow } from '../live-events/event-row.tsx';
import { OutcomeLine } from './outcome-line.tsx';

export function TimelineTab({ person }: { readonly person: string }) {
  const { person: messages, action } = useMessages();
  const format = useFormat();
  const events = usePersonEvents(person);
  return (
    <Stack>
      <Card flush>
        <QueryView
          query={events}
          isEmpty={(data) => data.pages.every((page) => page.events.length === 0)}
          empty={<Blank title={messages.noTimeline} />}
        >
          {(data) => (
            <EventList label={messages.timeline}>
              {data.pages
                .flatMap((page) => page.events)
                .map((event) => (
                  <EventRow key={event.messageId} event={event} time={format.moment(event.at)}>
                    <EventDetails event={event} />
                  </EventRow>
                ))}
            </EventList>
          )}
        </QueryView>
      </Card>
      {events.hasNextPage ? (
        <Row>
          <Button isBusy={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {action.more}
          </Button>
        </Row>
      ) : null}
    </Stack>
  );
}

function EventDetails({ event }: { readonly event: TimelineEvent }) {
  const { person: messages, live } = useMessages();
  const names = useCampaignNames();
  const considered = event.trace?.considered ?? [];
  const hasProperties = Object.keys(event.properties).length > 0;
  return (
    <>
      {considered.length === 0 ? null : (
        <Fold title={messages.decisions}>
          {considered.map((one) => (
            <OutcomeLine
              key={one.campaignId}
              outcome={one.outcome}
              campaign={names.get(one.campaignId) ?? one.campaignId}
            />
          ))}
        </Fold>
      )}
      {hasProperties ? (
        <Fold title={live.properties}>
          <CodeBlock label={live.properties} text={JSON.stringify(event.properties, null, 2)} />
        </Fold>
      ) : null}
    </>
  );
}
