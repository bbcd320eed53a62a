import { Fragment, type ReactNode } from 'react';
import styles from './facts.module.css';
import { Hint } from './hint.tsx';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly hint?: string;
}

/** Names and values. `spread` sets the values as a column of figures at the right edge. */
export function Facts({
  facts,
  spread = false,
}: {
  readonly facts: readonly Fact[];
  readonly spread?: boolean;
}) {
  return (
    <dl className={styles.facts} data-spread={spread}>
      {facts.map((fact) => (
        <Fragment key={fact.name}>
          <dt>
            {fact.name}
            {fact.hint === undefined ? null : <Hint about={fact.name}>{fact.hint}</Hint>}
          </dt>
          <dd>{fact.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

export interface Figure extends Fact {
  readonly below?: ReactNode;
}

/** The few numbers that matter most, large. */
export function Figures({
  label,
  figures,
}: {
  readonly label: string;
  readonly figures: readonly Figure[];
}) {
  return (
    <section className={styles.figures} aria-label={label}>
      {figures.map((figure) => (
        <div key={figure.name} className={styles.figure}>
          <div className={styles.name}>
            {figure.name}
            {figure.hint === undefined ? null : <Hint about={figure.name}>{figure.hint}</Hint>}
          </div>
          <div className={styles.value}>{figure.value}</div>
          {figure.below === undefined ? null : <div className={styles.below}>{figure.below}</div>}
        </div>
      ))}
    </section>
  );
}

/** A share from 0 to 1 as a bar; the number itself stands beside it. */
export function Meter({ share }: { readonly share: number }) {
  const percent = Math.max(0, Math.min(1, share)) * 100;
  return (
    <div className={styles.meter} aria-hidden="true">
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}

export interface Bar {
  readonly name: string;
  readonly share: number;
  readonly value: string;
}

export function Bars({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  return (
    <ul className={styles.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.name}>
          <div className={styles.barHead}>
            <span>{bar.name}</span>
            <span className={styles.barValue}>{bar.value}</span>
          </div>
          <Meter share={bar.share} />
        </li>
      ))}
    </ul>
  );
}
