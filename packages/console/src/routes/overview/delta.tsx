import type { ShopReport } from '@tenth/model/report.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import type { Comparison } from './comparison.ts';
import styles from './delta.module.css';

/** The change of one figure against the period before. */
export function Delta({
  report,
  comparison,
  of,
}: {
  readonly report: ShopReport;
  readonly comparison: Comparison;
  readonly of: (report: ShopReport) => number;
}) {
  const { overview: messages } = useMessages();
  switch (comparison.kind) {
    case 'coming':
      return <span>{messages.comparing}</span>;
    case 'failed':
      return <span>{messages.notCompared}</span>;
    case 'none':
      return <span>{messages.noBefore}</span>;
    case 'with':
      return (
        <Change
          now={of(report)}
          before={of(comparison.report)}
          versus={comparison.isPart ? messages.versusPart : messages.versusBefore}
        />
      );
  }
}

function Change({
  now,
  before,
  versus,
}: {
  readonly now: number;
  readonly before: number;
  readonly versus: string;
}) {
  const { overview: messages } = useMessages();
  const format = useFormat();
  if (before === 0) {
    return <span>{messages.noBefore}</span>;
  }
  const change = now / before - 1;
  const way = Math.abs(change) < 0.0005 ? 'same' : change > 0 ? 'up' : 'down';
  return (
    <>
      <span className={styles.delta} data-way={way}>
        {format.change(change)}
      </span>
      <span className={styles.versus}>{versus}</span>
    </>
  );
}
