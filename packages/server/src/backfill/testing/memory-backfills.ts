import { decodeProfile } from '@tenth/engine/profile.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { MemoryStore } from '../../commit/testing/memory-store.ts';
import type { Backfill, BackfillStore, Recount } from '../ports.ts';

/** Keeps back-fills in memory, beside people who are kept there. */
export function memoryBackfills(
  store: MemoryStore,
): BackfillStore & { all(): readonly Backfill[] } {
  let rows: (Backfill & { readonly heldUntil: EpochMs })[] = [];
  let recounts: Recount[] = [];
  let lastRecount = 0;
  let seenMerges = 0;
  const isOpen = ({ finishedAt }: Backfill) => finishedAt === undefined;

  function add(workspaceId: WorkspaceId, profileId: ProfileId): void {
    lastRecount += 1;
    recounts.push({ id: lastRecount, workspaceId, profileId });
  }

  /** As the statement of the commit does, a little later. */
  function takeUpMerges(): void {
    for (const { workspaceId, survivorId } of store.merges.slice(seenMerges)) {
      if (rows.some(isOpen)) {
        // Ids that a commit wrote.
        add(workspaceId as WorkspaceId, survivorId);
      }
    }
    seenMerges = store.merges.length;
  }

  return {
    all: () => rows,
    async start(given) {
      takeUpMerges();
      rows = rows.map((row) =>
        isOpen(row) && row.workspaceId === given.workspaceId && row.segmentId === given.segmentId
          ? { ...row, state: 'replaced', finishedAt: given.startedAt }
          : row,
      );
      rows.push({
        ...given,
        id: rows.length + 1,
        walkedTo: '',
        walked: 0,
        people: 0,
        entering: 0,
        leaving: 0,
        sample: { entering: [], leaving: [] },
        error: undefined,
        finishedAt: undefined,
        heldUntil: 0,
      });
    },
    find: async (workspaceId, segmentId) =>
      rows.findLast((row) => row.workspaceId === workspaceId && row.segmentId === segmentId),
    unfinished: async (workspaceId) =>
      rows.filter((row) => isOpen(row) && row.workspaceId === workspaceId),
    async claim(now, heldUntil) {
      const found = rows.find(
        (row) => isOpen(row) && row.state !== 'ready' && row.heldUntil <= now,
      );
      rows = rows.map((row) => (row === found ? { ...row, heldUntil } : row));
      return found;
    },
    async change(id, change, heldUntil) {
      rows = rows.map((row) =>
        row.id === id && isOpen(row) ? { ...row, ...change, heldUntil } : row,
      );
    },
    countPeople: async (workspaceId) => store.people(workspaceId).length,
    listPeople: async (workspaceId, after, limit) =>
      store
        .people(workspaceId)
        .filter(({ profileId }) => profileId > after)
        .slice(0, limit),
    findPeople: async (workspaceId, ids) =>
      store.people(workspaceId).filter(({ profileId }) => ids.includes(profileId)),
    listConcerned: async (workspaceId, { after, upTo }, { segmentId, aggregates }) =>
      store
        .people(workspaceId)
        .filter(({ profileId }) => profileId > after && profileId <= upTo)
        .filter(
          ({ state }) =>
            decodeProfile(state).segments.some((one) => one.segmentId === segmentId) ||
            aggregates.some((id) => state.includes(`"${id}":`)),
        )
        .map(({ profileId }) => profileId),
    findStates: async (workspaceId, ids) =>
      store.people(workspaceId).filter(({ profileId }) => ids.includes(profileId)),
    listUndoneMerges: async (_workspaceId, ids) =>
      store.merges.filter(
        ({ undoneAt, survivorId, absorbedId }) =>
          undoneAt !== undefined && (ids.includes(survivorId) || ids.includes(absorbedId)),
      ),
    async listRecounts(limit) {
      takeUpMerges();
      return recounts.slice(0, limit);
    },
    async countRecounts() {
      takeUpMerges();
      return recounts.length;
    },
    async addRecounts(workspaceId, ids) {
      for (const id of ids) {
        add(workspaceId, id);
      }
    },
    async removeRecounts(ids) {
      recounts = recounts.filter(({ id }) => !ids.includes(id));
    },
  };
}
