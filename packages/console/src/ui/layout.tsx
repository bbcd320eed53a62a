import type { CSSProperties, ReactNode } from 'react';
import styles from './layout.module.css';

interface Boxed {
  /** In pixels. */
  readonly gap?: number;
  readonly children: ReactNode;
}

function gapOf(gap: number | undefined): CSSProperties | undefined {
  return gap === undefined ? undefined : ({ '--gap': `${gap}px` } as CSSProperties);
}

export function Stack({ gap, children }: Boxed) {
  return (
    <div className={styles.stack} style={gapOf(gap)}>
      {children}
    </div>
  );
}

export function Row({ gap, spread = false, children }: Boxed & { readonly spread?: boolean }) {
  return (
    <div className={styles.row} style={gapOf(gap)} data-spread={spread}>
      {children}
    </div>
  );
}

/** Equal columns, as many as fit; one on a phone. */
export function Columns({
  leastPx,
  even = false,
  children,
}: {
  readonly leastPx: number;
  readonly even?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div
      className={styles.grid}
      data-even={even}
      style={{ '--least': `${leastPx}px` } as CSSProperties}
    >
      {children}
    </div>
  );
}

interface TextProps {
  readonly children: ReactNode;
}

export function Muted({ children }: TextProps) {
  return <span className={`${styles.muted} ${styles.small}`}>{children}</span>;
}

export function Strong({ children }: TextProps) {
  return <span className={styles.strong}>{children}</span>;
}

/** Digits of one width, so that columns of numbers line up. */
export function Num({ children }: TextProps) {
  return <span className={styles.number}>{children}</span>;
}

export function Mono({ children }: TextProps) {
  return <span className={styles.mono}>{children}</span>;
}
