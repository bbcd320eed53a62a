import type { Merge } from '@tenth/model/merge.ts';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { useMerges, useUndoMerge } from '../../api/use-merges.ts';
import { problemText } from '../../frame/problem-text.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Mono, Muted, Stack } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toaster.tsx';

export function MergesTab({ person }: { readonly person: string }) {
  const { person: messages } = useMessages();
  const merges = useMerges(person);
  const [asked, setAsked] = useState<Merge>();
  return (
    <Stack>
      <Muted>{messages.mergesLead}</Muted>
      <Card flush>
        <QueryView
          query={merges}
          isEmpty={(data) => data.merges.length === 0}
          empty={<Blank title={messages.noMerges} />}
        >
          {(data) => <MergeTable merges={data.merges} onUndo={setAsked} />}
        </QueryView>
      </Card>
      <UndoDialog asked={asked} onClose={() => setAsked(undefined)} />
    </Stack>
  );
}

function MergeTable({
  merges,
  onUndo,
}: {
  readonly merges: readonly Merge[];
  readonly onUndo: (merge: Merge) => void;
}) {
  const { person: messages } = useMessages();
  const format = useFormat();
  return (
    <DataTable
      label={messages.merges}
      rows={merges}
      keyOf={(merge) => merge.mergeId}
      columns={[
        {
          key: 'absorbed',
          title: messages.absorbed,
          cell: (merge) => <Mono>{merge.absorbedId}</Mono>,
        },
        { key: 'reason', title: messages.reason, cell: (merge) => merge.reason },
        { key: 'at', title: messages.when, cell: (merge) => format.moment(merge.at) },
        {
          key: 'undo',
          title: messages.undo,
          align: 'right',
          cell: (merge) =>
            merge.undoneAt === null ? (
              <Button label={`${messages.undo}: ${merge.absorbedId}`} onClick={() => onUndo(merge)}>
                {messages.undo}
              </Button>
            ) : (
              <Muted>{messages.undone(format.moment(merge.undoneAt))}</Muted>
            ),
        },
      ]}
    />
  );
}

function UndoDialog({
  asked,
  onClose,
}: {
  readonly asked: Merge | undefined;
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  const undo = useUndoMerge();
  const say = useToast();
  return (
    <ConfirmDialog
      title={messages.person.undoTitle}
      body={messages.person.undoBody}
      isOpen={asked !== undefined}
      isBusy={undo.isPending}
      confirm={messages.person.undoConfirm}
      cancel={messages.action.cancel}
      onCancel={onClose}
      onConfirm={() => {
        if (asked === undefined) {
          return;
        }
        undo.mutate(asked.mergeId, {
          onSuccess: () => say(messages.person.undoDone),
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
