import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Period } from '@tenth/model/report.ts';
import { callApi } from './client.ts';

export function useShopReport(period: Period) {
  return useQuery({
    queryKey: ['shop-report', period],
    queryFn: ({ signal }) => callApi('getShopReport', { query: period }, signal),
    placeholderData: keepPreviousData,
  });
}
