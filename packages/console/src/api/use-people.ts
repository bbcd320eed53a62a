import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

/** Pages of people, the latest first. */
export function usePeople(search: string, segment: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['people', search, segment ?? ''],
    queryFn: ({ pageParam, signal }) =>
      callApi(
        'listPeople',
        {
          query: {
            search,
            ...(segment === undefined ? {} : { segmentId: segment }),
            ...(pageParam === '' ? {} : { before: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
