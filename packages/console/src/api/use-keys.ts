import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi, type RequestOf } from './client.ts';

const keysKey = ['keys'] as const;

export function useKeys() {
  return useQuery({
    queryKey: keysKey,
    queryFn: ({ signal }) => callApi('listKeys', {}, signal),
  });
}

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RequestOf<'createKey'>['body']) => callApi('createKey', { body }),
    // The secret is given once; nothing of it stays in a cache after the dialog.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}

export function useDeleteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi('deleteKey', { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}

export function useRotateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi('rotateKey', { params: { id }, body: {} }),
    // As of a new key.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}
