import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

/** Every moment at which the campaign was considered for the person. */
export function useExplanation(person: string, campaignId: string) {
  return useQuery({
    queryKey: ['explanation', person, campaignId],
    queryFn: ({ signal }) => callApi('explainPerson', { params: { person, campaignId } }, signal),
  });
}
