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

function useRefreshAccount() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: sessionsKey }),
      client.invalidateQueries({ queryKey: sessionKey }),
    ]);
}

function useAccountChange<Input>(change: (input: Input) => Promise<unknown>) {
  const refresh = useRefreshAccount();
  // Passwords are not kept.
  return useMutation({ mutationFn: change, gcTime: 0, onSuccess: refresh });
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

/**
 * Recovery codes are given once: whoever asks for them has to stay mounted while the session is
 * loaded again, which turns what asked into something else.
 */
export function useConfirmTotp() {
  const refresh = useRefreshAccount();
  return useMutation({
    mutationFn: (body: RequestOf<'confirmTotp'>['body']) => callApi('confirmTotp', { body }),
    gcTime: 0,
    // Not waited for, so that the codes come at once.
    onSuccess: () => void refresh(),
  });
}

export function useRemoveTotp() {
  return useAccountChange((password: string) => callApi('removeTotp', { body: { password } }));
}
