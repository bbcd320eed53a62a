import type { ListId, WorkspaceId } from '@tenth/model/ids.ts';
import type { PeopleList } from '@tenth/model/list.ts';
import { type EpochMs, HOUR_MS } from '@tenth/model/time.ts';
import { MemberSet } from './member-set.ts';
import type { ListStore, ListVersion, MemberLog } from './ports.ts';

export interface ListKeeperDeps {
  readonly store: ListStore;
  readonly log: MemberLog;
  readonly now: () => EpochMs;
}

/** No upload takes that long: what is older and in no plan was left behind by a process that ended. */
const LONGEST_UPLOAD_MS = HOUR_MS;

/**
 * Keeps the members of uploaded lists, in the operational store and beside the event log, under a
 * version of their own. A version counts from the moment that a plan names it.
 */
export class ListKeeper {
  readonly #store: ListStore;
  readonly #log: MemberLog;
  readonly #now: () => EpochMs;

  constructor({ store, log, now }: ListKeeperDeps) {
    this.#store = store;
    this.#log = log;
    this.#now = now;
  }

  /** @returns The new version. Nothing is left of one that could not be kept whole. */
  async keep(workspaceId: WorkspaceId, listId: ListId, members: MemberSet): Promise<number> {
    const version = await this.#store.begin(workspaceId, listId, this.#now());
    const kept = { listId, version };
    try {
      await this.#store.write(workspaceId, kept, members);
      await this.#log.write(workspaceId, kept, members);
    } catch (error) {
      await this.drop(workspaceId, kept).catch(() => {
        // Then the store is away, too; the next start tidies up.
      });
      throw error;
    }
    return version;
  }

  /** @throws {Error} Not all members are there: the version has been replaced meanwhile. */
  async read(workspaceId: WorkspaceId, list: PeopleList): Promise<MemberSet> {
    const { id: listId, version } = list;
    const members = new MemberSet(await this.#store.read(workspaceId, { listId, version }));
    if (members.size !== list.members) {
      throw new Error(
        `list ${listId} of ${workspaceId}: version ${version} has ${members.size} of its ${list.members} members`,
      );
    }
    return members;
  }

  /** When each version that is kept was uploaded. */
  async findUploadTimes(
    workspaceId: WorkspaceId,
  ): Promise<(of: ListVersion) => EpochMs | undefined> {
    const versions = await this.#store.findVersions(workspaceId);
    const times = new Map(versions.map((one) => [`${one.listId}/${one.version}`, one.begunAt]));
    return ({ listId, version }) => times.get(`${listId}/${version}`);
  }

  /** Drops the versions of a list before this one. */
  async dropBefore(workspaceId: WorkspaceId, { listId, version }: ListVersion): Promise<void> {
    const versions = await this.#store.findVersions(workspaceId, listId);
    for (const old of versions.filter((one) => one.version < version)) {
      await this.drop(workspaceId, old);
    }
  }

  async drop(workspaceId: WorkspaceId, version: ListVersion): Promise<void> {
    // The store last: what it holds tells what may be in the log.
    await this.#log.drop(workspaceId, version);
    await this.#store.drop(workspaceId, version);
  }

  /** Drops what no plan names and no upload under way can be writing. */
  async tidy(workspaceId: WorkspaceId, lists: readonly PeopleList[]): Promise<void> {
    const begunBefore = this.#now() - LONGEST_UPLOAD_MS;
    const current = new Map(lists.map(({ id, version }) => [id, version]));
    for (const one of await this.#store.findVersions(workspaceId)) {
      if (current.get(one.listId) !== one.version && one.begunAt < begunBefore) {
        await this.drop(workspaceId, one);
      }
    }
  }
}
