import type { Campaign } from '@tenth/model/campaign.ts';
import type { CampaignReport } from '@tenth/model/report.ts';
import { useMemo } from 'react';
import { useCampaignReport } from '../../api/use-campaign-report.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import type { PeriodChoice } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { usePeriod } from '../../period/use-period.ts';
import { Card } from '../../ui/card.tsx';
import { DailyChartView } from '../../ui/chart.tsx';
import type { DailyChart } from '../../ui/chart-option.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Columns, Row, Stack, Strong } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { FunnelCard } from './funnel-card.tsx';
import { LiftCard } from './lift-card.tsx';

export function ReportTab({
  campaign,
  choice,
  onChoose,
}: {
  readonly campaign: Campaign;
  readonly choice: PeriodChoice;
  readonly onChoose: (choice: PeriodChoice) => void;
}) {
  const { report: messages } = useMessages();
  const period = usePeriod(choice);
  const report = useCampaignReport(campaign.id, period.now);
  return (
    <Stack>
      <Row>
        <PeriodPicker choice={choice} onChoose={onChoose} />
      </Row>
      <QueryView
        query={report}
        isEmpty={(data) => data.people.qualified === 0}
        empty={<Blank title={messages.emptyTitle}>{messages.empty}</Blank>}
      >
        {(data) => <ReportView report={data} />}
      </QueryView>
    </Stack>
  );
}

function ReportView({ report }: { readonly report: CampaignReport }) {
  return (
    <Stack>
      <Columns leastPx={400} even>
        <LiftCard report={report} />
        <FunnelCard report={report} />
      </Columns>
      <DailyCard report={report} />
      <VariantsCard report={report} />
    </Stack>
  );
}

function DailyCard({ report }: { readonly report: CampaignReport }) {
  const { report: messages, chart: chartMessages } = useMessages();
  const format = useFormat();
  const chart = useMemo<DailyChart>(() => {
    const { daily } = report;
    return {
      label: `${messages.daily}: ${messages.shown}, ${messages.withheld}, ${messages.clicked}, ${messages.converted}`,
      days: daily.map((day) => format.axisDay(day.day)),
      formatValue: format.count,
      series: [
        {
          name: messages.shown,
          pane: 0,
          kind: 'line',
          color: 1,
          values: daily.map((day) => day.shown),
        },
        {
          name: messages.withheld,
          pane: 0,
          kind: 'line',
          color: 4,
          values: daily.map((day) => day.withheld),
        },
        {
          name: messages.clicked,
          pane: 1,
          kind: 'bar',
          color: 2,
          values: daily.map((day) => day.clicked),
        },
        {
          name: messages.converted,
          pane: 1,
          kind: 'bar',
          color: 3,
          values: daily.map((day) => day.converted),
        },
      ],
    };
  }, [report, messages, format]);
  return (
    <Card title={messages.daily}>
      <DailyChartView chart={chart} dayTitle={chartMessages.day} asTable={chartMessages.asTable} />
    </Card>
  );
}

function VariantsCard({ report }: { readonly report: CampaignReport }) {
  const { report: messages, campaigns } = useMessages();
  const format = useFormat();
  const rate = (part: number, whole: number) => (whole === 0 ? '–' : format.share(part / whole));
  return (
    <Card title={messages.variants} hint={messages.variantsHint} flush>
      <DataTable
        label={messages.variants}
        rows={report.variants}
        keyOf={(variant) => variant.variantId}
        columns={[
          { key: 'id', title: messages.variants, cell: (row) => <Strong>{row.variantId}</Strong> },
          {
            key: 'shown',
            title: messages.shown,
            align: 'right',
            cell: (row) => format.count(row.shown),
          },
          {
            key: 'seen',
            title: messages.seen,
            align: 'right',
            cell: (row) => format.count(row.seen),
          },
          {
            key: 'clicked',
            title: messages.clicked,
            align: 'right',
            cell: (row) => format.count(row.clicked),
          },
          {
            key: 'rate',
            title: campaigns.clickRate,
            align: 'right',
            cell: (row) => rate(row.clicked, row.seen),
          },
          {
            key: 'dismissed',
            title: messages.dismissed,
            align: 'right',
            cell: (row) => format.count(row.dismissed),
          },
          {
            key: 'converted',
            title: messages.converted,
            align: 'right',
            cell: (row) => format.count(row.converted),
          },
          {
            key: 'conversion',
            title: messages.conversionRate,
            align: 'right',
            cell: (row) => rate(row.converted, row.shown),
          },
        ]}
      />
    </Card>
  );
}
