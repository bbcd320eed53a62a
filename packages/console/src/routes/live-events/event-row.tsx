import { Link } from '@tanstack/react-router';
import type { TimelineEvent } from '@tenth/model/timeline-event.ts';
import type { ReactNode } from 'react';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge } from '../../ui/badge.tsx';
import { nameChannel, nameDevice, nameEvent } from '../../words/names.ts';
import styles from './event-row.module.css';

export function EventList({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}

/** One event on one line. `who` is left out on a person's own page. */
export function EventRow({
  event,
  who = false,
  time,
  children,
}: {
  readonly event: TimelineEvent;
  readonly who?: boolean;
  readonly time: string;
  readonly children?: ReactNode;
}) {
  const messages = useMessages();
  const format = useFormat();
  const decided = event.trace?.considered.length ?? 0;
  return (
    <li>
      <div className={styles.row} data-time={who ? 'clock' : 'moment'}>
        <time className={styles.time} dateTime={event.at}>
          {time}
        </time>
        <div>
          <span className={styles.name}>{nameEvent(event, format.locale)}</span>
          {event.pagePath === '' ? null : <div className={styles.where}>{event.pagePath}</div>}
        </div>
        <div className={styles.person}>
          {who ? (
            <Link to="/people/$person" params={{ person: `profileId:${event.profileId}` }}>
              {event.userId ?? messages.live.anonymous}
            </Link>
          ) : null}
          <div className={styles.where}>
            {[nameChannel(event.channel, format.locale), nameDevice(event.device, format.locale)]
              .filter((part) => part !== '')
              .join(' · ')}
          </div>
        </div>
        <div className={styles.tail}>
          {event.isBot ? <Badge tone="warn">{messages.live.bot}</Badge> : null}
          {decided === 0 ? null : <Badge>{messages.live.decisions(format.count(decided))}</Badge>}
        </div>
        {children === undefined ? null : <div className={styles.wide}>{children}</div>}
      </div>
    </li>
  );
}
