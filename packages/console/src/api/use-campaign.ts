import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

export function campaignKey(id: string) {
  return ['campaign', id] as const;
}

export function useCampaign(id: string) {
  return useQuery({
    queryKey: campaignKey(id),
    queryFn: ({ signal }) => callApi('getCampaign', { params: { id } }, signal),
  });
}
