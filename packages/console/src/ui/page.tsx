import { type ReactNode, useEffect, useRef } from 'react';
import styles from './page.module.css';

// Where the last page was drawn. The first page of a visit leaves the focus where the browser put
// it, and so does a page drawn again in its place; only going elsewhere moves it.
let lastPath: string | undefined;

/**
 * A page: its title in the tab and as the heading, which takes the focus when one has come here from
 * another page, so that a screen reader says where one is.
 */
export function Page({
  title,
  lead,
  above,
  beside,
  actions,
  children,
}: {
  readonly title: string;
  readonly lead?: string | undefined;
  /** A way back. */
  readonly above?: ReactNode;
  /** Right after the title: a badge. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (lastPath !== undefined && lastPath !== window.location.pathname) {
      heading.current?.focus({ preventScroll: true });
    }
    lastPath = window.location.pathname;
  }, []);
  useEffect(() => {
    document.title = `${title} · Tenth`;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          {above === undefined ? null : <div className={styles.above}>{above}</div>}
          <div className={styles.titleRow}>
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {beside}
          </div>
          {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}
