import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

export function useSegments() {
  return useQuery({
    queryKey: ['segments'],
    queryFn: ({ signal }) => callApi('listSegments', {}, signal),
  });
}
