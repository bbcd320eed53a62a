import { useQuery } from '@tanstack/react-query';
import { callApi } from './client.ts';

/** @param person `profileId:ID`, `userId:ID` or `anonymousId:ID` */
export function usePerson(person: string) {
  return useQuery({
    queryKey: ['person', person],
    queryFn: ({ signal }) => callApi('getPerson', { params: { person } }, signal),
  });
}
