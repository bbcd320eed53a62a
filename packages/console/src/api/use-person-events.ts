import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

export function usePersonEvents(person: string) {
  return useInfiniteQuery({
    queryKey: ['person-events', person],
    queryFn: ({ pageParam, signal }) =>
      callApi(
        'listPersonEvents',
        { params: { person }, query: pageParam === '' ? {} : { before: pageParam } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}
