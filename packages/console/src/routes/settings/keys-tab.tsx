import type { ApiKey } from '@tenth/model/api-key.ts';
import { mayGive, type Scope, scopes } from '@tenth/model/permission.ts';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { useDeleteKey, useKeys } from '../../api/use-keys.ts';
import { useSelf } from '../../api/use-session.ts';
import { problemText } from '../../frame/problem-text.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toaster.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { KeyTable } from './key-table.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';

export function KeysTab() {
  const { settings: messages } = useMessages();
  const keys = useKeys();
  const held = new Set(useSelf()?.permissions);
  const mayGiveAll = (given: readonly Scope[]) => mayGive(held, given);
  const [isCreating, setIsCreating] = useState(false);
  const [rotating, setRotating] = useState<ApiKey>();
  const [asked, setAsked] = useState<ApiKey>();
  return (
    <Stack>
      <Row spread>
        <Muted>{messages.keysLead}</Muted>
        <Button kind="primary" icon="plus" onClick={() => setIsCreating(true)}>
          {messages.createKey}
        </Button>
      </Row>
      <Card flush>
        <QueryView
          query={keys}
          isEmpty={(data) => data.keys.length === 0}
          empty={<Blank title={messages.emptyKeysTitle}>{messages.emptyKeys}</Blank>}
        >
          {(data) => (
            <KeyTable
              keys={data.keys}
              mayRotate={(key) => mayGiveAll(key.scopes)}
              onRotate={setRotating}
              onRevoke={setAsked}
            />
          )}
        </QueryView>
      </Card>
      {isCreating ? (
        <CreateKeyDialog
          offered={scopes.filter((one) => mayGiveAll([one]))}
          onClose={() => setIsCreating(false)}
        />
      ) : null}
      {rotating === undefined ? null : (
        <RotateKeyDialog asked={rotating} onClose={() => setRotating(undefined)} />
      )}
      <RevokeDialog asked={asked} onClose={() => setAsked(undefined)} />
    </Stack>
  );
}

function RevokeDialog({
  asked,
  onClose,
}: {
  readonly asked: ApiKey | undefined;
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  const revoke = useDeleteKey();
  const say = useToast();
  return (
    <ConfirmDialog
      title={messages.settings.revokeTitle}
      body={messages.settings.revokeBody(asked?.name ?? '')}
      isOpen={asked !== undefined}
      isBusy={revoke.isPending}
      confirm={messages.settings.revoke}
      cancel={messages.action.cancel}
      onCancel={onClose}
      onConfirm={() => {
        if (asked === undefined) {
          return;
        }
        revoke.mutate(asked.id, {
          onSuccess: () => say(messages.settings.revoked),
          onError: (error) =>
            say(
              error instanceof ApiError ? problemText(error.problem, messages) : error.message,
              'bad',
            ),
          onSettled: onClose,
        });
      }}
    />
  );
}
