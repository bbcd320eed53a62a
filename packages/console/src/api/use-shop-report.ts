import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { Period } from '@tenth/model/report.ts';
import { callApi } from './client.ts';

/** Asks nothing while there is no period. */
export function useShopReport(period: Period | undefined) {
  return useQuery({
    queryKey: ['shop-report', period ?? null],
    queryFn:
      period === undefined
        ? skipToken
        : ({ signal }) => callApi('getShopReport', { query: period }, signal),
    placeholderData: keepPreviousData,
  });
}
