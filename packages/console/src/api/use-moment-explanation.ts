import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

/** One campaign at one past event, decided again from the event log. */
export function useMomentExplanation(person: string, campaignId: string, messageId: string) {
  return useQuery({
    queryKey: ['explanation', person, campaignId, messageId],
    queryFn: ({ signal }) =>
      callApi('explainMoment', { params: { person }, query: { campaignId, messageId } }, signal),
    // The past does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });
}
