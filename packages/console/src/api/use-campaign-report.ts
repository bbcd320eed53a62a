import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Period } from '@tenth/model/report.ts';
import { callApi } from './client.ts';

export function useCampaignReport(id: string, period: Period) {
  return useQuery({
    queryKey: ['campaign-report', id, period],
    queryFn: ({ signal }) =>
      callApi('getCampaignReport', { params: { id }, query: period }, signal),
    placeholderData: keepPreviousData,
  });
}
