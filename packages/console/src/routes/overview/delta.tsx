import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import styles from './delta.module.css';

/** The change against the period before. */
export function Delta({
  now,
  before,
}: {
  readonly now: number;
  readonly before: number | undefined;
}) {
  const { overview: messages } = useMessages();
  const format = useFormat();
  if (before === undefined || before === 0) {
    return <span>{messages.noBefore}</span>;
  }
  const change = now / before - 1;
  const way = Math.abs(change) < 0.0005 ? 'same' : change > 0 ? 'up' : 'down';
  return (
    <>
      <span className={styles.delta} data-way={way}>
        {format.change(change)}
      </span>
      <span className={styles.versus}>{messages.versusBefore}</span>
    </>
  );
}
