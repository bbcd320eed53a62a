import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';
import { Icon, type IconName } from './icons.tsx';
import styles from './notice.module.css';

/** Something to know before reading on. Failures are announced at once. */
export function Notice({
  tone = 'plain',
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <div
      className={styles.notice}
      data-tone={tone}
      {...(tone === 'bad' || tone === 'warn' ? { role: 'alert' } : {})}
    >
      <Icon name={tone === 'good' ? 'check' : tone === 'plain' ? 'info' : 'warning'} />
      <div>
        {title === undefined ? null : <p className={styles.title}>{title}</p>}
        <div className={styles.body}>{children}</div>
      </div>
    </div>
  );
}

/** Takes the place of something that is not there, and says what to do about it. */
export function Blank({
  icon = 'empty',
  title,
  isAlert = false,
  children,
  action,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly isAlert?: boolean;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={styles.blank} {...(isAlert ? { role: 'alert' } : {})}>
      <Icon name={icon} size={28} />
      <p className={styles.title}>{title}</p>
      {children === undefined ? null : <div className={styles.body}>{children}</div>}
      {action}
    </div>
  );
}

const boneWidths = ['38%', '92%', '84%', '90%', '66%'];

export function Bones({ label }: { readonly label: string }) {
  return (
    <div className={styles.bones} role="status" aria-label={label}>
      {boneWidths.map((width) => (
        <div key={width} className={styles.bone} style={{ width }} />
      ))}
    </div>
  );
}
