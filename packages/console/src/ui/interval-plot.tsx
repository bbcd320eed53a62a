import type { CSSProperties } from 'react';
import styles from './interval-plot.module.css';
import { intervalScale } from './interval-scale.ts';

const tones = { good: 'var(--t-good)', bad: 'var(--t-bad)', neutral: 'var(--t-ink-soft)' } as const;

/** A 95 % interval against the line of no difference. */
export function IntervalPlot({
  point,
  low,
  high,
  tone,
  format,
  zeroLabel,
  label,
}: {
  readonly point: number;
  readonly low: number;
  readonly high: number;
  readonly tone: keyof typeof tones;
  readonly format: (value: number) => string;
  readonly zeroLabel: string;
  readonly label: string;
}) {
  const place = intervalScale({ point, low, high });
  const at = (value: number) => `${place(value) * 100}%`;
  return (
    <svg
      className={styles.plot}
      role="img"
      aria-label={label}
      style={{ '--tone': tones[tone] } as CSSProperties}
    >
      <line x1="0" x2="100%" y1="52" y2="52" stroke="var(--t-line)" />
      <line
        x1={at(0)}
        x2={at(0)}
        y1="20"
        y2="84"
        stroke="var(--t-ink-faint)"
        strokeDasharray="3 3"
      />
      <text x={at(0)} y="100" textAnchor="middle">
        {zeroLabel}
      </text>
      <line
        x1={at(low)}
        x2={at(high)}
        y1="52"
        y2="52"
        stroke="var(--tone)"
        strokeWidth="10"
        strokeLinecap="round"
        opacity="0.3"
      />
      <circle
        cx={at(point)}
        cy="52"
        r="7"
        fill="var(--tone)"
        stroke="var(--t-surface)"
        strokeWidth="2"
      />
      <text className={styles.point} x={at(point)} y="32" textAnchor="middle">
        {format(point)}
      </text>
      <text x={at(low)} y="74" textAnchor="middle">
        {format(low)}
      </text>
      <text x={at(high)} y="74" textAnchor="middle">
        {format(high)}
      </text>
    </svg>
  );
}
