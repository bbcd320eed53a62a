import { decodeProfile, encodeProfile } from '@tenth/engine/profile.ts';
import type { MessageId, ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { StoredPerson } from '../../backfill/ports.ts';
import { type Identifier, identifierKey } from '../../identify/identifier.ts';
import type { MergeRecord, UnmergeStore } from '../../identify/ports.ts';
import type { DueStore } from '../../sweep/ports.ts';
import type { Commit, CommitOutcome, CommitStore, FoundPeople, PointedTo } from '../ports.ts';

interface Row {
  version: number;
  incarnation: number;
  state: string;
  mergedInto: ProfileId | undefined;
  dueAt: EpochMs | undefined;
}

export interface MemoryStore extends CommitStore, UnmergeStore, DueStore {
  readonly merges: readonly MergeRecord[];
  /** Bodies, in the order of their commits. */
  readonly outbox: readonly Uint8Array[];
  /** Everybody who is not merged into another, by id. */
  people(workspaceId: WorkspaceId): readonly (StoredPerson & { readonly state: string })[];
  /** The profile that an identifier points to. */
  profileOf(workspaceId: string, identifier: Identifier): ReturnType<typeof decodeProfile>;
}

/** Keeps what a database would, to try out long histories quickly. */
export function createMemoryStore(): MemoryStore {
  const rows = new Map<string, Row>();
  const pointers = new Map<string, PointedTo>();
  const merges: MergeRecord[] = [];
  const outbox: Uint8Array[] = [];
  const rowKey = (of: { workspaceId: string; profileId: string }) =>
    `${of.workspaceId}\n${of.profileId}`;
  const pointedTo = (id: ProfileId) =>
    [...pointers.values()].filter(({ profileId }) => profileId === id);

  function find(...[identifiers, profiles]: Parameters<CommitStore['find']>): FoundPeople {
    const found = identifiers.flatMap(({ workspaceId, identifier }) => {
      const pointer = pointers.get(identifierKey(workspaceId, identifier));
      return pointer === undefined ? [] : [pointer];
    });
    const wanted = new Map([...found, ...profiles].map((ref) => [rowKey(ref), ref]));
    return {
      pointers: found,
      profiles: [...wanted].flatMap(([key, { workspaceId, profileId }]) => {
        const row = rows.get(key);
        const undone = merges.filter(({ undoneAt }) => undoneAt !== undefined);
        return row === undefined
          ? []
          : [
              {
                ...row,
                workspaceId,
                profileId,
                identifiers: pointedTo(profileId).length,
                merges: merges.filter(
                  (one) => one.survivorId === profileId && one.undoneAt === undefined,
                ).length,
                keptApart: undone
                  .filter((one) => one.survivorId === profileId || one.absorbedId === profileId)
                  .map((one) => (one.survivorId === profileId ? one.absorbedId : one.survivorId)),
              },
            ];
      }),
    };
  }

  function write(commit: Commit): CommitOutcome {
    const lost = commit.profiles.filter(
      (one) => (rows.get(rowKey(one))?.version ?? 0) !== one.version - 1,
    );
    const taken = commit.identifiers.filter((one) =>
      pointers.has(identifierKey(one.workspaceId, one.identifier)),
    );
    if (lost.length + taken.length > 0) {
      return { kind: 'lost', profiles: lost, identifiers: taken };
    }
    for (const { version, incarnation = 0, state, mergedInto, dueAt, ...ref } of commit.profiles) {
      rows.set(rowKey(ref), { version, incarnation, state, mergedInto, dueAt });
    }
    if (commit.outboxBody !== undefined) {
      outbox.push(commit.outboxBody);
    }
    for (const one of commit.identifiers) {
      pointers.set(identifierKey(one.workspaceId, one.identifier), one);
    }
    for (const merge of commit.merges) {
      const moved = pointedTo(merge.absorbedId).map(({ identifier }) => identifier);
      merges.push({
        ...merge,
        messageId: merge.messageId as MessageId,
        survivorBefore: decodeProfile(merge.survivorBefore),
        absorbedBefore: decodeProfile(merge.absorbedBefore),
        moved,
        undoneAt: undefined,
      });
      move(merge, moved, merge.survivorId);
    }
    return { kind: 'done' };
  }

  function move(
    { workspaceId }: Pick<MergeRecord, 'workspaceId'>,
    identifiers: readonly Identifier[],
    profileId: ProfileId,
  ): void {
    for (const identifier of identifiers) {
      pointers.set(identifierKey(workspaceId, identifier), { workspaceId, identifier, profileId });
    }
  }

  /** By the moment, the longest due first. */
  function due() {
    return [...rows]
      .flatMap(([key, { dueAt }]) => (dueAt === undefined ? [] : [{ key, dueAt }]))
      .sort((left, right) => left.dueAt - right.dueAt);
  }

  return {
    merges,
    outbox,
    people(wanted) {
      return [...rows]
        .flatMap(([key, { version, incarnation, state, mergedInto }]) => {
          const [workspaceId, id = ''] = key.split('\n');
          const profileId = id as ProfileId;
          const absorbed = merges
            .filter((one) => one.survivorId === profileId && one.undoneAt === undefined)
            .map(({ absorbedId }) => absorbedId);
          return workspaceId === wanted && mergedInto === undefined
            ? [{ profileId, version, incarnation, state, absorbed }]
            : [];
        })
        .sort((left, right) => (left.profileId < right.profileId ? -1 : 1));
    },
    async take(now, limit) {
      return due()
        .filter(({ dueAt }) => dueAt <= now)
        .slice(0, limit)
        .map(({ key }) => {
          const [workspaceId = '', profileId = ''] = key.split('\n');
          return { workspaceId: workspaceId as WorkspaceId, profileId: profileId as ProfileId };
        });
    },
    async postpone(people, until) {
      for (const ref of people) {
        const row = rows.get(rowKey(ref));
        if (row !== undefined) {
          row.dueAt = until;
        }
      }
    },
    nextDueAt: async () => due()[0]?.dueAt,
    find: async (...asked) => find(...asked),
    write: async (commit) => write(commit),
    profileOf(workspaceId, identifier) {
      const pointer = pointers.get(identifierKey(workspaceId, identifier));
      const row = pointer === undefined ? undefined : rows.get(rowKey(pointer));
      if (row === undefined) {
        throw new Error(`nobody is called ${identifier.kind} ${identifier.value}`);
      }
      return decodeProfile(row.state);
    },
    async readMerge(workspaceId, mergeId) {
      const at = merges.findIndex((one) => one.mergeId === mergeId);
      const merge = merges[at];
      const survivor = merge && rows.get(rowKey({ workspaceId, profileId: merge.survivorId }));
      const absorbed = merge && rows.get(rowKey({ workspaceId, profileId: merge.absorbedId }));
      return merge === undefined || survivor === undefined || absorbed === undefined
        ? undefined
        : {
            merge,
            survivor: { profile: decodeProfile(survivor.state), version: survivor.version },
            absorbedVersion: absorbed.version,
            later: merges
              .slice(at + 1)
              .filter((one) => one.survivorId === merge.survivorId && one.undoneAt === undefined),
          };
    },
    async writeUnmerge({ merge, undoneAt, survivor, restored, later }) {
      const { workspaceId } = merge;
      for (const { profile, version } of [survivor, restored]) {
        if (rows.get(rowKey({ workspaceId, profileId: profile.id }))?.version !== version - 1) {
          return false;
        }
      }
      for (const { profile, version } of [survivor, restored]) {
        rows.set(rowKey({ workspaceId, profileId: profile.id }), {
          version,
          incarnation: 0,
          state: encodeProfile(profile),
          mergedInto: undefined,
          dueAt: profile.dueAt,
        });
      }
      move(merge, merge.moved, merge.absorbedId);
      for (const [index, one] of merges.entries()) {
        const snapshot = later.find(({ mergeId }) => mergeId === one.mergeId);
        if (one.mergeId === merge.mergeId) {
          merges[index] = { ...one, undoneAt };
        } else if (snapshot !== undefined) {
          merges[index] = { ...one, survivorBefore: snapshot.survivorBefore };
        }
      }
      return true;
    },
  };
}
