import { Link } from '@tanstack/react-router';
import type { Segment } from '@tenth/model/segment.ts';
import { useSegments } from '../../api/use-segments.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useSegmentNames } from '../../frame/use-known-names.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Muted, Strong } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { describeCondition } from '../../words/describe-condition.ts';
import { sentenceCase } from '../../words/names.ts';

export function SegmentsPage() {
  const { segments: messages } = useMessages();
  const segments = useSegments();
  return (
    <Page title={messages.title} lead={messages.lead}>
      <Card flush>
        <QueryView
          query={segments}
          isEmpty={(data) => data.segments.length === 0}
          empty={<Blank title={messages.emptyTitle}>{messages.empty}</Blank>}
        >
          {(data) => <SegmentTable segments={data.segments} />}
        </QueryView>
      </Card>
    </Page>
  );
}

function SegmentTable({
  segments,
}: {
  readonly segments: readonly { readonly segment: Segment; readonly people: number }[];
}) {
  const { segments: messages, unit } = useMessages();
  const format = useFormat();
  const names = useSegmentNames();
  return (
    <DataTable
      label={messages.list}
      rows={segments}
      keyOf={({ segment }) => segment.id}
      columns={[
        {
          key: 'name',
          title: messages.name,
          cell: ({ segment }) => (
            <>
              <Strong>{format.text(segment.name)}</Strong>
              {segment.description === undefined ? null : (
                <div>
                  <Muted>{format.text(segment.description)}</Muted>
                </div>
              )}
            </>
          ),
        },
        {
          key: 'condition',
          title: messages.condition,
          cell: ({ segment }) =>
            sentenceCase(describeCondition(segment.condition, format.locale, names)),
        },
        {
          key: 'people',
          title: messages.people,
          align: 'right',
          cell: ({ segment, people }) => (
            <Link
              to="/people"
              search={{ segment: segment.id }}
              aria-label={messages.seePeople(format.text(segment.name))}
            >
              {unit.people(format.count(people))}
            </Link>
          ),
        },
      ]}
    />
  );
}
