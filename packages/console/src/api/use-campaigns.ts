import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

export const campaignsKey = ['campaigns'] as const;

export function useCampaigns() {
  return useQuery({
    queryKey: campaignsKey,
    queryFn: ({ signal }) => callApi('listCampaigns', {}, signal),
  });
}
