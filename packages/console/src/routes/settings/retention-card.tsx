import { useState } from 'react';
import { useSelf } from '../../api/use-session.ts';
import { useSetRetention } from '../../api/use-workspace.ts';
import { failureText } from '../../frame/failure-text.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useWorkspace } from '../../frame/workspace-context.tsx';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toaster.tsx';
import { formatDay } from '../../words/format-time.ts';
import {
  type Cuts,
  cutsOf,
  type RetentionLimits,
  readMonths,
  retentionLimits,
} from './retention-limits.ts';

/** How long events and people are kept: to be changed by who may change settings. */
export function RetentionCard() {
  const { retention: words } = useMessages();
  const { privacy } = useWorkspace().settings;
  const self = useSelf();
  return (
    <Card title={words.title}>
      <Stack>
        <Muted>{words.lead}</Muted>
        {self?.permissions.includes('settings') === true ? (
          <RetentionForm kept={privacy} />
        ) : (
          <RetentionFacts kept={privacy} />
        )}
      </Stack>
    </Card>
  );
}

function RetentionFacts({ kept }: { readonly kept: RetentionLimits }) {
  const { retention: words } = useMessages();
  const format = useFormat();
  return (
    <Facts
      facts={retentionLimits.map((limit) => {
        const months = kept[limit];
        return {
          name: words.limits[limit],
          value: months === null ? words.forever : words.months(format.count(months)),
        };
      })}
    />
  );
}

function RetentionForm({ kept }: { readonly kept: RetentionLimits }) {
  const messages = useMessages();
  const { retention: words } = messages;
  const save = useSetRetention();
  const say = useToast();
  const [texts, setTexts] = useState({
    eventMonths: textOf(kept.eventMonths),
    inactiveMonths: textOf(kept.inactiveMonths),
  });
  const [isChecked, setIsChecked] = useState(false);
  const [asked, setAsked] = useState<{ readonly limits: RetentionLimits; readonly cuts: Cuts }>();
  const store = (limits: RetentionLimits) =>
    save.mutate(limits, {
      onSuccess: () => say(words.saved),
      onSettled: () => setAsked(undefined),
    });
  const submit = () => {
    setIsChecked(true);
    const eventMonths = readMonths(texts.eventMonths);
    const inactiveMonths = readMonths(texts.inactiveMonths);
    if (eventMonths === undefined || inactiveMonths === undefined) {
      return;
    }
    const limits = { eventMonths, inactiveMonths };
    const cuts = cutsOf(kept, limits, Date.now());
    if (cuts.events === undefined && cuts.people === undefined) {
      store(limits);
    } else {
      setAsked({ limits, cuts });
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        {save.error === null ? null : (
          <Notice tone="bad">{failureText(save.error, messages)}</Notice>
        )}
        {retentionLimits.map((limit) => (
          <TextField
            key={limit}
            label={words.fields[limit]}
            description={words.hints[limit]}
            value={texts[limit]}
            placeholder={words.forever}
            error={
              isChecked && readMonths(texts[limit]) === undefined ? words.notMonths : undefined
            }
            onChange={(text) => setTexts((before) => ({ ...before, [limit]: text }))}
          />
        ))}
        <Row>
          <Button kind="primary" type="submit" isBusy={save.isPending}>
            {words.save}
          </Button>
        </Row>
      </Stack>
      <DeletionDialog
        cuts={asked?.cuts}
        isBusy={save.isPending}
        onCancel={() => setAsked(undefined)}
        onConfirm={() => asked !== undefined && store(asked.limits)}
      />
    </form>
  );
}

/** Says what goes, before it goes. */
function DeletionDialog({
  cuts,
  isBusy,
  onCancel,
  onConfirm,
}: {
  readonly cuts: Cuts | undefined;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}) {
  const { retention: words, action } = useMessages();
  const { locale } = useFormat();
  // Deleting goes by days of UTC, whatever the shop's calendar.
  const dayOf = (iso: string) => formatDay(iso, locale, 'UTC');
  const body = [
    ...(cuts?.events === undefined ? [] : [words.deletesEvents(dayOf(cuts.events))]),
    ...(cuts?.people === undefined ? [] : [words.erasesPeople(dayOf(cuts.people))]),
    words.forGood,
  ].join(' ');
  return (
    <ConfirmDialog
      title={words.confirmTitle}
      body={body}
      isOpen={cuts !== undefined}
      isBusy={isBusy}
      confirm={words.confirm}
      cancel={action.cancel}
      onCancel={onCancel}
      onConfirm={onConfirm}
    />
  );
}

function textOf(months: number | null): string {
  return months === null ? '' : String(months);
}
