import { Tooltip } from '@mantine/core';
import { useState } from 'react';
import styles from './hint.module.css';
import { Icon } from './icons.tsx';

/** A definition that opens on hover, on focus and on a tap. */
export function Hint({ about, children }: { readonly about: string; readonly children: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Tooltip
      label={children}
      opened={isOpen}
      multiline
      maw={300}
      withArrow
      openDelay={0}
      events={{ hover: true, focus: true, touch: true }}
    >
      <button
        type="button"
        className={styles.button}
        aria-label={`${about}: ${children}`}
        onClick={() => setIsOpen(true)}
        onMouseEnter={() => setIsOpen(true)}
        onMouseLeave={() => setIsOpen(false)}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setIsOpen(false);
          }
        }}
      >
        <Icon name="info" size={15} />
      </button>
    </Tooltip>
  );
}
