import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi, type RequestOf } from './client.ts';
import { sessionKey } from './use-session.ts';

const sessionsKey = ['sessions'] as const;

/** Where one is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => callApi('listSessions', {}, signal),
  });
}

function useAccountChange<Input, Reply>(change: (input: Input) => Promise<Reply>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Recovery codes are given once.
    gcTime: 0,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: sessionsKey }),
        client.invalidateQueries({ queryKey: sessionKey }),
      ]),
  });
}

export function useEndSession() {
  return useAccountChange((id: string) => callApi('endSession', { params: { id } }));
}

export function useChangePassword() {
  return useAccountChange((body: RequestOf<'changePassword'>['body']) =>
    callApi('changePassword', { body }),
  );
}

export function useStartTotp() {
  return useMutation({ mutationFn: () => callApi('startTotp', {}), gcTime: 0 });
}

export function useConfirmTotp() {
  return useAccountChange((body: RequestOf<'confirmTotp'>['body']) =>
    callApi('confirmTotp', { body }),
  );
}

export function useRemoveTotp() {
  return useAccountChange((password: string) => callApi('removeTotp', { body: { password } }));
}
