import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

export function useWorkspaceQuery() {
  return useQuery({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => callApi('getWorkspace', {}, signal),
    staleTime: 300_000,
  });
}
