import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi, type RequestOf } from './client.ts';

export const sessionKey = ['session'] as const;

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => callApi('getSession', {}, signal),
    staleTime: 60_000,
  });
}

function useSessionChange<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

/** Who is signed in; everything below the gate is drawn for somebody. */
export function useSelf() {
  return useSession().data?.user ?? undefined;
}

export function useSetUp() {
  return useSessionChange((body: RequestOf<'setUp'>['body']) => callApi('setUp', { body }));
}

export function useSignIn() {
  return useSessionChange((body: RequestOf<'signIn'>['body']) => callApi('signIn', { body }));
}

export function useAcceptInvitation() {
  return useSessionChange((body: RequestOf<'acceptInvitation'>['body']) =>
    callApi('acceptInvitation', { body }),
  );
}

/** Signing out also forgets everything that was loaded. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi('signOut', {}),
    onSuccess: async () => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      await client.invalidateQueries({ queryKey: sessionKey });
    },
  });
}
