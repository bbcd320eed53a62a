import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

/** What the live list starts with; the stream brings the rest. */
export function useRecentEvents() {
  return useQuery({
    queryKey: ['recent-events'],
    queryFn: ({ signal }) => callApi('listRecentEvents', { query: { limit: 50 } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
