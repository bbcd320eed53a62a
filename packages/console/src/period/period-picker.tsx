import { useState } from 'react';
import { useWorkspace } from '../frame/workspace-context.tsx';
import { useMessages } from '../messages/locale-provider.tsx';
import { Button } from '../ui/buttons.tsx';
import { ChoiceField, TextField } from '../ui/fields.tsx';
import { Row, Stack } from '../ui/layout.tsx';
import { daysOf, type PeriodChoice, writePeriodChoice } from './period.ts';

/** Presets in sight; two dates once `custom` is chosen. */
export function PeriodPicker({
  choice,
  onChoose,
}: {
  readonly choice: PeriodChoice;
  readonly onChoose: (choice: PeriodChoice) => void;
}) {
  const { period: messages } = useMessages();
  const { timeZone } = useWorkspace().settings;
  const [isCustom, setIsCustom] = useStateOf(choice, choice.preset === 'custom');
  return (
    <Stack gap={8}>
      <ChoiceField
        label={messages.label}
        hideLabel
        value={isCustom ? 'custom' : choice.preset}
        choices={[
          { value: 'today', label: messages.today },
          { value: 'last7', label: messages.last7 },
          { value: 'last30', label: messages.last30 },
          { value: 'last90', label: messages.last90 },
          { value: 'custom', label: messages.custom },
        ]}
        onChange={(preset) => {
          setIsCustom(preset === 'custom');
          if (preset !== 'custom') {
            onChoose({ preset });
          }
        }}
      />
      {isCustom ? (
        <DayFields
          choice={choice}
          first={daysOf(choice, Date.now(), timeZone)}
          onApply={(days) => onChoose({ preset: 'custom', ...days })}
        />
      ) : null}
    </Stack>
  );
}

/**
 * State that begins anew whenever another period is chosen, here or by the address. Not by a key: the
 * field or button by which it was chosen keeps the focus.
 */
function useStateOf<State>(choice: PeriodChoice, first: State) {
  const of = JSON.stringify(writePeriodChoice(choice));
  const [held, setHeld] = useState({ of, state: first });
  const current = held.of === of ? held : { of, state: first };
  if (current !== held) {
    setHeld(current);
  }
  return [current.state, (state: State) => setHeld({ of, state })] as const;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

function DayFields({
  choice,
  first,
  onApply,
}: {
  readonly choice: PeriodChoice;
  readonly first: Days;
  readonly onApply: (days: Days) => void;
}) {
  const { period: messages } = useMessages();
  const [days, setDays] = useStateOf(choice, first);
  const [error, setError] = useStateOf<string | undefined>(choice, undefined);
  const apply = () => {
    if (days.from === '' || days.to === '') {
      setError(messages.incomplete);
    } else if (days.to < days.from) {
      setError(messages.wrongOrder);
    } else {
      setError(undefined);
      onApply(days);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Row gap={8}>
        <TextField
          kind="date"
          label={messages.from}
          hideLabel
          value={days.from}
          onChange={(from) => setDays({ ...days, from })}
        />
        <span aria-hidden="true">–</span>
        <TextField
          kind="date"
          label={messages.to}
          hideLabel
          value={days.to}
          error={error}
          onChange={(to) => setDays({ ...days, to })}
        />
        <Button type="submit">{messages.apply}</Button>
      </Row>
    </form>
  );
}
