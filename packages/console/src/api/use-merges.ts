import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from './client.ts';

export function useMerges(person: string) {
  return useQuery({
    queryKey: ['merges', person],
    queryFn: ({ signal }) => callApi('listPersonMerges', { params: { person } }, signal),
  });
}

/** An undone merge changes the person, the timeline and the list of people, so all are read anew. */
export function useUndoMerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi('undoMerge', { params: { id } }),
    onSuccess: () => client.invalidateQueries(),
  });
}
