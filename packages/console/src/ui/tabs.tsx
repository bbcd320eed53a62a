import { Tabs as MantineTabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Choice } from './fields.tsx';

/** Only the panel in sight is drawn. */
export function Tabs<Value extends string>({
  label,
  value,
  choices,
  onChange,
  children,
}: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly children: ReactNode;
}) {
  return (
    <MantineTabs
      value={value}
      keepMounted={false}
      onChange={(next) => {
        const chosen = choices.find((choice) => choice.value === next);
        if (chosen !== undefined) {
          onChange(chosen.value);
        }
      }}
    >
      <MantineTabs.List
        aria-label={label}
        mb="lg"
        style={{ flexWrap: 'nowrap', overflowX: 'auto' }}
      >
        {choices.map((choice) => (
          <MantineTabs.Tab key={choice.value} value={choice.value} style={{ flex: 'none' }}>
            {choice.label}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      <MantineTabs.Panel value={value}>{children}</MantineTabs.Panel>
    </MantineTabs>
  );
}
