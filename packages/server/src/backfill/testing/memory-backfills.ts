import { decodeProfile } from '@tenth/engine/profile.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { MemoryStore } from '../../commit/testing/memory-store.ts';
import type { Backfill, BackfillStore, Concern, Recount } from '../ports.ts';

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
    listPeople: async (workspaceId, after, limit, concern) =>
      store
        .people(workspaceId)
        .filter(({ profileId }) => profileId > after)
        .slice(0, limit)
        .map((person) => ({ ...person, isConcerned: isConcerned(person.state, concern) })),
    findPeople: async (workspaceId, ids) =>
      store.people(workspaceId).filter(({ profileId }) => ids.includes(profileId)),
    async listStates(workspaceId, after, limit, concern) {
      const people = store
        .people(workspaceId)
        .filter(({ profileId }) => profileId > after)
        .slice(0, limit);
      return {
        people: people.length,
        upTo: people.at(-1)?.profileId,
        states: people.filter(({ state }) => isConcerned(state, concern)),
      };
    },
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

function isConcerned(state: string, concern: Concern | 'everybody'): boolean {
  return (
    concern === 'everybody' ||
    decodeProfile(state).segments.some(({ segmentId }) => segmentId === concern.segmentId) ||
    concern.aggregates.some((id) => state.includes(`"${id}":`))
  );
}
