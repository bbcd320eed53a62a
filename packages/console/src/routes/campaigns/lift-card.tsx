import type { CampaignReport } from '@tenth/model/report.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Facts } from '../../ui/facts.tsx';
import { IntervalPlot } from '../../ui/interval-plot.tsx';
import { Muted, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { judgeLift, tellVerdict, type VerdictWords } from '../../words/lift-verdict.ts';

const noticeTones: Readonly<Record<VerdictWords['tone'], Tone>> = {
  good: 'good',
  bad: 'bad',
  neutral: 'plain',
  warning: 'warn',
};

/** Whether the campaign helped: first in words, then as an interval, then the figures behind it. */
export function LiftCard({ report }: { readonly report: CampaignReport }) {
  const { report: messages } = useMessages();
  const format = useFormat();
  const verdict = judgeLift(report);
  const words = tellVerdict(verdict, format.locale);
  const { lift, sampleRatio, people } = report;
  // A split that cannot be trusted makes every figure below it misleading, so none is shown.
  const canShow = lift !== null && verdict.kind !== 'split-suspect';
  return (
    <Card title={messages.lift} hint={messages.liftHint}>
      <Stack gap={18}>
        <Notice tone={noticeTones[words.tone]} title={words.title}>
          {words.sentence}
        </Notice>
        {canShow ? (
          <LiftFigures lift={lift} tone={words.tone === 'warning' ? 'neutral' : words.tone} />
        ) : null}
        <Muted>
          {messages.sampleRatio(
            format.share(sampleRatio.expectedHoldoutShare),
            format.share(sampleRatio.observedHoldoutShare),
          )}
          {people.drawnBefore === 0
            ? null
            : ` · ${messages.drawnBefore(format.count(people.drawnBefore))}`}
          {people.crossedOver === 0
            ? null
            : ` · ${messages.crossedOver(format.count(people.crossedOver))}`}
        </Muted>
      </Stack>
    </Card>
  );
}

function LiftFigures({
  lift,
  tone,
}: {
  readonly lift: NonNullable<CampaignReport['lift']>;
  readonly tone: 'good' | 'bad' | 'neutral';
}) {
  const { report: messages, unit } = useMessages();
  const format = useFormat();
  const points = (difference: number) => unit.points(format.points(difference));
  const { low, high } = lift.absoluteInterval;
  const relative = lift.relativeInterval;
  return (
    <Stack gap={18}>
      <IntervalPlot
        point={lift.absolute}
        low={low}
        high={high}
        tone={tone}
        format={points}
        zeroLabel={messages.noDifference}
        label={messages.intervalFigure(points(lift.absolute), points(low), points(high))}
      />
      <Facts
        spread
        facts={[
          {
            name: messages.interval,
            hint: messages.intervalHint,
            value: `${points(low)} ~ ${points(high)}`,
          },
          {
            name: messages.relative,
            value:
              lift.relative === null
                ? '–'
                : `${format.change(lift.relative)}${
                    relative === null
                      ? ''
                      : ` (${format.change(relative.low)} ~ ${format.change(relative.high)})`
                  }`,
          },
          { name: messages.pValue, hint: messages.pValueHint, value: format.pValue(lift.pValue) },
        ]}
      />
      <DataTable
        label={messages.lift}
        rows={[
          { name: messages.treatment, arm: lift.treatment },
          { name: messages.holdout, arm: lift.holdout },
        ]}
        keyOf={(row) => row.name}
        columns={[
          { key: 'arm', title: '', cell: (row) => row.name },
          {
            key: 'people',
            title: messages.peopleCount,
            align: 'right',
            cell: (row) => format.count(row.arm.people),
          },
          {
            key: 'converted',
            title: messages.converted,
            align: 'right',
            cell: (row) => format.count(row.arm.converted),
          },
          {
            key: 'rate',
            title: messages.conversionRate,
            align: 'right',
            cell: (row) => format.share(row.arm.rate, 2),
          },
        ]}
      />
    </Stack>
  );
}
