import type { CampaignOutcome } from '@tenth/model/decision.ts';
import { useKnownNames } from '../../frame/use-known-names.ts';
import { useLocale } from '../../messages/locale-provider.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { type Explanation, explainOutcome } from '../../words/explain-outcome.ts';
import styles from './outcome-line.module.css';

const tones: Readonly<Record<Explanation['tone'], Tone>> = {
  shown: 'good',
  withheld: 'warn',
  'not-shown': 'plain',
};

/** What became of a campaign at a moment, as a badge and a sentence. */
export function OutcomeLine({
  outcome,
  campaign,
}: {
  readonly outcome: CampaignOutcome;
  readonly campaign?: string;
}) {
  const locale = useLocale();
  const { tone, label, sentence } = explainOutcome(outcome, locale, useKnownNames());
  return (
    <div className={styles.line}>
      <div>
        <Badge tone={tones[tone]}>{label}</Badge>
      </div>
      <div>
        {campaign === undefined ? null : <div className={styles.campaign}>{campaign}</div>}
        <div className={styles.sentence}>{sentence}</div>
      </div>
    </div>
  );
}
