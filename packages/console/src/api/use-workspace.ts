import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PrivacySettings } from '@tenth/model/privacy-settings.ts';
import { callApi } from './client.ts';

const workspaceKey = ['workspace'] as const;

export function useWorkspaceQuery() {
  return useQuery({
    queryKey: workspaceKey,
    queryFn: ({ signal }) => callApi('getWorkspace', {}, signal),
    staleTime: 300_000,
  });
}

export function useSetRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (limits: Pick<PrivacySettings, 'eventMonths' | 'inactiveMonths'>) => {
      // Settings are written as a whole: what somebody else has changed since must stay.
      const { settings } = await callApi('getWorkspace', {});
      const body = { ...settings, privacy: { ...settings.privacy, ...limits } };
      return callApi('putWorkspace', { body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: workspaceKey }),
  });
}
