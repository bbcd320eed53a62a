import type { CampaignReport } from '@tenth/model/report.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Hint } from '../../ui/hint.tsx';
import styles from './funnel-card.module.css';
import { funnelSteps } from './funnel-steps.ts';

/** From those who qualified to those who converted; the holdout beside it. */
export function FunnelCard({ report }: { readonly report: CampaignReport }) {
  const { report: messages } = useMessages();
  const format = useFormat();
  return (
    <Card title={messages.funnel}>
      <ol className={styles.steps}>
        {funnelSteps(report.people, messages, format.share).map((step) => (
          <li key={step.kind}>
            <div className={styles.head}>
              <span className={styles.name}>
                {step.name}
                <Hint about={step.name}>{step.hint}</Hint>
              </span>
              <span className={styles.figures}>
                <span className={styles.share}>{step.share}</span>
                <span className={styles.count}>{format.count(step.count)}</span>
              </span>
            </div>
            <div className={styles.track} aria-hidden="true">
              <div
                className={styles.bar}
                data-kind={step.kind}
                style={{ width: `${step.width * 100}%` }}
              />
            </div>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <Facts
          spread
          facts={[
            {
              name: messages.value,
              hint: messages.valueHint,
              value: format.money(report.value.totalMinor, report.value.currency),
            },
            {
              name: messages.dismissed,
              hint: messages.dismissedHint,
              value: format.count(report.people.dismissed),
            },
          ]}
        />
      </div>
    </Card>
  );
}
