import type { ShopReport } from '@tenth/model/report.ts';
import { useMemo } from 'react';
import { failureText } from '../../frame/failure-text.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { DailyChartView } from '../../ui/chart.tsx';
import type { DailyChart } from '../../ui/chart-option.ts';
import { Facts, Figures } from '../../ui/facts.tsx';
import { Columns, Muted, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ChannelTable } from './channel-table.tsx';
import type { Comparison } from './comparison.ts';
import { Delta } from './delta.tsx';

export function OverviewView({
  report,
  comparison,
  onCompareAgain,
}: {
  readonly report: ShopReport;
  readonly comparison: Comparison;
  readonly onCompareAgain: () => void;
}) {
  const { overview: messages } = useMessages();
  const format = useFormat();
  const { currency } = report;
  const delta = (of: (report: ShopReport) => number) => (
    <Delta report={report} comparison={comparison} of={of} />
  );
  return (
    <>
      <Figures
        label={messages.headline}
        figures={[
          {
            name: messages.visits,
            hint: messages.visitsHint,
            value: format.count(report.visits),
            below: delta(({ visits }) => visits),
          },
          {
            name: messages.signUps,
            hint: messages.signUpsHint,
            value: format.count(report.signUps),
            below: delta(({ signUps }) => signUps),
          },
          {
            name: messages.orders,
            hint: messages.ordersHint,
            value: format.count(report.orders),
            below: delta(({ orders }) => orders),
          },
          {
            name: messages.revenue,
            hint: messages.revenueHint,
            value: format.money(report.revenueMinor, currency),
            below: delta(({ revenueMinor }) => revenueMinor),
          },
        ]}
      />
      {comparison.kind === 'failed' ? (
        <NotCompared error={comparison.error} onRetry={onCompareAgain} />
      ) : null}
      <DailyCard report={report} />
      <GroupCards report={report} />
      <ChannelTable report={report} />
      <Muted>
        {messages.collected(format.count(report.events), format.count(report.botEvents))}
      </Muted>
    </>
  );
}

function NotCompared({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const messages = useMessages();
  return (
    <Notice tone="warn" title={messages.overview.beforeFailed}>
      <Stack gap={8}>
        {failureText(error, messages)}
        <Row>
          <Button onClick={onRetry}>{messages.action.retry}</Button>
        </Row>
      </Stack>
    </Notice>
  );
}

function DailyCard({ report }: { readonly report: ShopReport }) {
  const { overview: messages, chart: chartMessages } = useMessages();
  const format = useFormat();
  const chart = useMemo<DailyChart>(
    () => ({
      label: `${messages.daily}: ${messages.visits}, ${messages.signUps}, ${messages.orders}`,
      days: report.daily.map((day) => format.axisDay(day.day)),
      formatValue: format.count,
      series: [
        {
          name: messages.visits,
          pane: 0,
          kind: 'line',
          color: 1,
          values: report.daily.map((day) => day.visits),
        },
        {
          name: messages.signUps,
          pane: 1,
          kind: 'bar',
          color: 2,
          values: report.daily.map((day) => day.signUps),
        },
        {
          name: messages.orders,
          pane: 1,
          kind: 'bar',
          color: 3,
          values: report.daily.map((day) => day.orders),
        },
      ],
    }),
    [report, messages, format],
  );
  return (
    <Card title={messages.daily}>
      <DailyChartView chart={chart} dayTitle={chartMessages.day} asTable={chartMessages.asTable} />
    </Card>
  );
}

function GroupCards({ report }: { readonly report: ShopReport }) {
  const { overview: messages } = useMessages();
  const format = useFormat();
  const { firstOrders, currency } = report;
  const count = format.count;
  return (
    <Columns leastPx={330} even>
      <Card title={messages.visitGroup}>
        <Facts
          spread
          facts={[
            { name: messages.visitors, hint: messages.visitorsHint, value: count(report.visitors) },
            {
              name: messages.newVisitors,
              hint: messages.newVisitorsHint,
              value: count(report.newVisitors),
            },
            {
              name: messages.pageViews,
              hint: messages.pageViewsHint,
              value: count(report.pageViews),
            },
          ]}
        />
      </Card>
      <Card title={messages.signUpGroup}>
        <Facts
          spread
          facts={[
            {
              name: messages.benefitViews,
              hint: messages.benefitViewsHint,
              value: count(report.memberBenefitPageViews),
            },
            {
              name: messages.signUpFormViews,
              hint: messages.signUpFormViewsHint,
              value: count(report.signUpFormViews),
            },
            {
              name: messages.signUpRate,
              hint: messages.signUpRateHint,
              value: format.share(report.signUpRate),
            },
          ]}
        />
      </Card>
      <Card title={messages.firstOrders}>
        <Facts
          spread
          facts={[
            {
              name: messages.firstOrders,
              hint: messages.firstOrdersHint,
              value: count(firstOrders.count),
            },
            {
              name: messages.firstAverage,
              hint: messages.firstAverageHint,
              value: format.money(firstOrders.averageMinor, currency),
            },
            {
              name: messages.firstTotal,
              hint: messages.firstTotalHint,
              value: format.money(firstOrders.totalMinor, currency),
            },
            {
              name: messages.firstProducts,
              hint: messages.firstProductsHint,
              value: count(firstOrders.products),
            },
          ]}
        />
      </Card>
      <Card title={messages.messageGroup}>
        <Facts
          spread
          facts={[
            {
              name: messages.seen,
              hint: messages.seenHint,
              value: count(report.messages.peopleSeen),
            },
            {
              name: messages.clicked,
              hint: messages.clickedHint,
              value: count(report.messages.peopleClicked),
            },
            {
              name: messages.responseRate,
              hint: messages.responseRateHint,
              value: format.share(report.messages.responseRate),
            },
          ]}
        />
      </Card>
    </Columns>
  );
}
