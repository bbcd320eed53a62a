import { ActionIcon, Button as MantineButton, Switch as MantineSwitch } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly isBusy?: boolean;
  readonly isWide?: boolean;
  readonly size?: 'sm' | 'md';
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
  /** Where the visible text alone would not tell several buttons apart. */
  readonly label?: string;
}

const looks = {
  primary: { variant: 'filled' },
  plain: { variant: 'default' },
  quiet: { variant: 'subtle', color: 'gray' },
  danger: { variant: 'filled', color: 'red.8' },
} as const;

export function Button({
  children,
  kind = 'plain',
  icon,
  isBusy = false,
  isWide = false,
  size = 'sm',
  type = 'button',
  onClick,
  label,
}: ButtonProps) {
  return (
    <MantineButton
      {...looks[kind]}
      type={type}
      size={size}
      loading={isBusy}
      fullWidth={isWide}
      {...(icon === undefined ? {} : { leftSection: <Icon name={icon} size={16} /> })}
      {...(onClick === undefined ? {} : { onClick })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </MantineButton>
  );
}

export function IconButton({
  icon,
  label,
  onClick,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <ActionIcon variant="subtle" color="gray" size={40} aria-label={label} onClick={onClick}>
      <Icon name={icon} size={20} />
    </ActionIcon>
  );
}

export function Toggle({
  label,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <MantineSwitch
      role="switch"
      aria-label={label}
      checked={isOn}
      withThumbIndicator={false}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
