import type { WorkspaceId } from '@tenth/model/ids.ts';
import { ListKeeper } from '../list-keeper.ts';
import type { ListStore, ListVersion, MemberLog, StoredListVersion } from '../ports.ts';

const keyOf = (workspaceId: WorkspaceId, { listId, version }: ListVersion): string =>
  `${workspaceId}/${listId}/${version}`;

/** A store of lists in memory that keeps the port's promises. */
export function memoryListStore(): ListStore {
  const begun: (StoredListVersion & { readonly workspaceId: WorkspaceId })[] = [];
  const hashes = new Map<string, BigUint64Array>();
  return {
    async begin(workspaceId, listId, at) {
      const own = begun.filter((one) => one.workspaceId === workspaceId && one.listId === listId);
      const version = own.length + 1;
      begun.push({ workspaceId, listId, version, begunAt: at });
      return version;
    },
    async write(workspaceId, version, members) {
      const [all = new BigUint64Array()] = members.chunks(Math.max(1, members.size));
      hashes.set(keyOf(workspaceId, version), all);
    },
    async read(workspaceId, version) {
      return hashes.get(keyOf(workspaceId, version)) ?? new BigUint64Array();
    },
    async findVersions(workspaceId, listId) {
      return begun.filter(
        (one) =>
          one.workspaceId === workspaceId &&
          (listId === undefined || one.listId === listId) &&
          hashes.has(keyOf(workspaceId, one)),
      );
    },
    async drop(workspaceId, version) {
      hashes.delete(keyOf(workspaceId, version));
    },
  };
}

export const noMemberLog: MemberLog = {
  write: async () => {},
  drop: async () => {},
};

/** Keeps lists in memory, for tests of what is above it. */
export function memoryLists(now: () => number): ListKeeper {
  return new ListKeeper({ store: memoryListStore(), log: noMemberLog, now });
}
