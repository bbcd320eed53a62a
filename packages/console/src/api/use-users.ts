import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi, type RequestOf } from './client.ts';

const usersKey = ['users'] as const;

export function useUsers() {
  return useQuery({
    queryKey: usersKey,
    queryFn: ({ signal }) => callApi('listUsers', {}, signal),
  });
}

function useUsersChange<Input, Reply>(change: (input: Input) => Promise<Reply>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // A one-time link is given once; nothing of it stays in a cache.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: usersKey }),
  });
}

export function useInviteUser() {
  return useUsersChange((body: RequestOf<'inviteUser'>['body']) => callApi('inviteUser', { body }));
}

export function useReinviteUser() {
  return useUsersChange((id: string) => callApi('reinviteUser', { params: { id } }));
}

export function useSetUserRole() {
  return useUsersChange(({ id, ...body }: { id: string } & RequestOf<'setUserRole'>['body']) =>
    callApi('setUserRole', { params: { id }, body }),
  );
}

export function useRemoveUser() {
  return useUsersChange((id: string) => callApi('removeUser', { params: { id } }));
}
