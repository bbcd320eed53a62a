import { useEndSession, useSessions } from '../../api/use-account.ts';
import { failureText } from '../../frame/failure-text.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Mono, Muted } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toaster.tsx';

export function SessionsCard() {
  const messages = useMessages();
  const { account: words } = messages;
  const format = useFormat();
  const sessions = useSessions();
  const end = useEndSession();
  const say = useToast();
  return (
    <Card title={words.sessions} flush>
      <QueryView query={sessions}>
        {(data) => (
          <DataTable
            label={words.sessions}
            rows={data.sessions}
            keyOf={(session) => session.id}
            columns={[
              { key: 'browser', title: words.browser, cell: ({ userAgent }) => userAgent },
              {
                key: 'address',
                title: words.address,
                cell: ({ address }) => <Mono>{address}</Mono>,
              },
              {
                key: 'seen',
                title: words.lastSeen,
                cell: ({ lastSeenAt }) => format.ago(lastSeenAt),
              },
              {
                key: 'end',
                title: words.end,
                align: 'right',
                cell: ({ id, isCurrent, userAgent }) =>
                  isCurrent ? (
                    <Muted>{words.thisOne}</Muted>
                  ) : (
                    <Button
                      label={words.endOf(userAgent)}
                      onClick={() =>
                        end.mutate(id, {
                          onError: (error) => say(failureText(error, messages), 'bad'),
                        })
                      }
                    >
                      {words.end}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </Card>
  );
}
