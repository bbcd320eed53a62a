import type { User } from '@tenth/model/user.ts';
import { useState } from 'react';
import { useReinviteUser, useRemoveUser, useSetUserRole, useUsers } from '../../api/use-users.ts';
import { failureText } from '../../frame/failure-text.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toaster.tsx';
import { InviteDialog, LinkDialog } from './invite-dialog.tsx';
import { UserTable } from './user-table.tsx';

/** Who may sign in, and as what. */
export function UsersTab() {
  const messages = useMessages();
  const { users: words } = messages;
  const users = useUsers();
  const setRole = useSetUserRole();
  const reinvite = useReinviteUser();
  const say = useToast();
  const [isInviting, setIsInviting] = useState(false);
  const [link, setLink] = useState<string>();
  const [asked, setAsked] = useState<User>();
  const tell = (error: Error) => say(failureText(error, messages), 'bad');
  return (
    <Stack>
      <Row spread>
        <Muted>{words.lead}</Muted>
        <Button kind="primary" icon="plus" onClick={() => setIsInviting(true)}>
          {words.invite}
        </Button>
      </Row>
      <Card flush>
        <QueryView query={users}>
          {(data) => (
            <UserTable
              users={data.users}
              onRole={({ id }, role) =>
                setRole.mutate(
                  { id, role },
                  { onSuccess: () => say(words.roleChanged), onError: tell },
                )
              }
              onNewLink={({ id }) =>
                reinvite.mutate(id, { onSuccess: ({ path }) => setLink(path), onError: tell })
              }
              onRemove={setAsked}
            />
          )}
        </QueryView>
      </Card>
      {isInviting ? <InviteDialog onClose={() => setIsInviting(false)} /> : null}
      {link === undefined ? null : <LinkDialog path={link} onClose={() => setLink(undefined)} />}
      <RemoveDialog asked={asked} onClose={() => setAsked(undefined)} />
    </Stack>
  );
}

function RemoveDialog({
  asked,
  onClose,
}: {
  readonly asked: User | undefined;
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  const { users: words } = messages;
  const remove = useRemoveUser();
  const say = useToast();
  return (
    <ConfirmDialog
      title={words.removeTitle}
      body={words.removeBody(
        asked === undefined || asked.email === '' ? words.noEmail : asked.email,
      )}
      isOpen={asked !== undefined}
      isBusy={remove.isPending}
      confirm={words.remove}
      cancel={messages.action.cancel}
      onCancel={onClose}
      onConfirm={() => {
        if (asked !== undefined) {
          remove.mutate(asked.id, {
            onSuccess: () => say(words.removed),
            onError: (error) => say(failureText(error, messages), 'bad'),
            onSettled: onClose,
          });
        }
      }}
    />
  );
}
