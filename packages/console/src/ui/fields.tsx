import {
  Checkbox,
  PasswordInput,
  SegmentedControl,
  Select,
  TextInput,
  VisuallyHidden,
} from '@mantine/core';
import { type Ref, useId } from 'react';
import { Icon, type IconName } from './icons.tsx';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly description?: string;
}

function given<Key extends string, T>(key: Key, value: T | undefined) {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: T });
}

export function TextField({
  label,
  value,
  onChange,
  error,
  description,
  placeholder,
  icon,
  kind = 'text',
  hideLabel = false,
}: FieldProps & {
  readonly placeholder?: string;
  readonly icon?: IconName;
  readonly kind?: 'text' | 'search' | 'date' | 'email';
  readonly hideLabel?: boolean;
}) {
  return (
    <TextInput
      type={kind}
      value={value}
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...given('error', error)}
      {...given('description', description)}
      {...given('placeholder', placeholder)}
      {...given('leftSection', icon === undefined ? undefined : <Icon name={icon} size={16} />)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function PasswordField({
  label,
  value,
  onChange,
  error,
  description,
  autoComplete,
  inputRef,
}: FieldProps & {
  readonly autoComplete: 'new-password' | 'current-password';
  readonly inputRef?: Ref<HTMLInputElement>;
}) {
  return (
    <PasswordInput
      label={label}
      value={value}
      size="md"
      autoComplete={autoComplete}
      {...given('ref', inputRef)}
      {...given('error', error)}
      {...given('description', description)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** One of many, in a list that opens. */
export function SelectField({
  label,
  value,
  choices,
  placeholder,
  hideLabel = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice<string>[];
  readonly placeholder?: string;
  readonly hideLabel?: boolean;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      value={value ?? null}
      data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      allowDeselect={false}
      maw={420}
      {...given('placeholder', placeholder)}
      onChange={(next) => {
        if (next !== null) {
          onChange(next);
        }
      }}
    />
  );
}

/** One of a few, all in sight. */
export function ChoiceField<Value extends string>({
  label,
  value,
  choices,
  hideLabel = false,
  isWide = false,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly hideLabel?: boolean;
  readonly isWide?: boolean;
  readonly onChange: (value: Value) => void;
}) {
  const labelId = useId();
  const name = <span id={labelId}>{label}</span>;
  return (
    <div style={{ minWidth: 0, maxWidth: '100%', overflowX: 'auto' }}>
      {hideLabel ? <VisuallyHidden>{name}</VisuallyHidden> : name}
      <SegmentedControl
        aria-labelledby={labelId}
        value={value}
        fullWidth={isWide}
        withItemsBorders={false}
        data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        onChange={(next) => {
          const chosen = choices.find((choice) => choice.value === next);
          if (chosen !== undefined) {
            onChange(chosen.value);
          }
        }}
      />
    </div>
  );
}

export function CheckField({
  label,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <Checkbox
      label={label}
      checked={isOn}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
