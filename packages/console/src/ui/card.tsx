import { type ReactNode, useId } from 'react';
import styles from './card.module.css';
import { Hint } from './hint.tsx';

/** A titled section on its own surface. `flush` lets a table run to the edges. */
export function Card({
  title,
  hint,
  actions,
  flush = false,
  children,
}: {
  readonly title?: string;
  readonly hint?: string;
  readonly actions?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section
      className={styles.card}
      data-flush={flush}
      aria-labelledby={title === undefined ? undefined : titleId}
    >
      {title === undefined ? null : (
        <div className={styles.head}>
          <div className={styles.title}>
            <h2 id={titleId}>{title}</h2>
            {hint === undefined ? null : <Hint about={title}>{hint}</Hint>}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
