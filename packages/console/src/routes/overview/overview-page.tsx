import { getRouteApi } from '@tanstack/react-router';
import { useShopReport } from '../../api/use-shop-report.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useMessages } from '../../messages/locale-provider.tsx';
import { readPeriodChoice, writePeriodChoice } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { usePeriod } from '../../period/use-period.ts';
import { Blank } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { compareReports } from './comparison.ts';
import { OverviewView } from './overview-view.tsx';

const route = getRouteApi('/');

export function OverviewPage() {
  const { overview: messages } = useMessages();
  const choice = readPeriodChoice(route.useSearch());
  const navigate = route.useNavigate();
  const period = usePeriod(choice);
  const report = useShopReport(period.now);
  const before = useShopReport(period.before);
  return (
    <Page
      title={messages.title}
      lead={messages.lead}
      actions={
        <PeriodPicker
          choice={choice}
          onChoose={(chosen) => void navigate({ search: writePeriodChoice(chosen), replace: true })}
        />
      }
    >
      <QueryView
        query={report}
        isEmpty={(data) => data.events === 0 && data.visits === 0}
        empty={<Blank title={messages.emptyTitle}>{messages.empty}</Blank>}
      >
        {(data) => (
          <OverviewView
            report={data}
            comparison={compareReports(period, { now: report, before })}
            onCompareAgain={() => void before.refetch()}
          />
        )}
      </QueryView>
    </Page>
  );
}
