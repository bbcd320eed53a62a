import type { Erasure } from '@tenth/model/erasure.ts';
import type { StoredErasure } from './ports.ts';

/** What the certificate says; by whom its rows are found is no part of it. Pure. */
export function toErasure(stored: StoredErasure): Erasure {
  const { verifiedAt } = stored;
  return {
    erasureId: stored.erasureId,
    state: verifiedAt === undefined ? 'running' : 'done',
    requestedAt: new Date(stored.requestedAt).toISOString(),
    subjects: [...stored.subjects],
    tables: [...stored.tables],
    planReferences: [...stored.planReferences],
    waitingFor: stored.waitingFor ?? null,
    verifiedAt: verifiedAt === undefined ? null : new Date(verifiedAt).toISOString(),
  };
}
