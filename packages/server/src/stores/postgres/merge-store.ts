import { decodeProfile, encodeProfile } from '@tenth/engine/profile.ts';
import type { MessageId, ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import type { Merge } from '@tenth/model/merge.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { personRowOf } from '../../commit/people-row.ts';
import type { ProfileRef } from '../../commit/ports.ts';
import { type Identifier, identifierKinds } from '../../identify/identifier.ts';
import type { MergeReason, MergeRecord, Unmerge, UnmergeStore } from '../../identify/ports.ts';
import { appendToOutbox, listPeople, writeProfiles } from './commit-statements.ts';
import type { PostgresConnection, Statement } from './connection.ts';
import type { MergeTable } from './schema.ts';

export interface MergeStore extends UnmergeStore {
  /** Merges that the profile was on either side of, the latest first. */
  list(workspaceId: WorkspaceId, person: ProfileId): Promise<readonly Merge[]>;
}

const identifierList = z.array(z.object({ kind: z.enum(identifierKinds), value: z.string() }));

/** @param toOutboxBody The outbox's codec; undoing a merge changes links in the event log. */
export function createMergeStore(
  connection: PostgresConnection,
  toOutboxBody: (records: readonly LogRecord[]) => Uint8Array | Promise<Uint8Array>,
): MergeStore {
  const { db } = connection;
  return {
    async list(workspaceId, person) {
      const rows = await db
        .selectFrom('merges')
        .select(['merge_id', 'at', 'survivor_id', 'absorbed_id', 'reason', 'undone_at'])
        .where('workspace_id', '=', workspaceId)
        .where((is) => is.or([is('survivor_id', '=', person), is('absorbed_id', '=', person)]))
        .orderBy('seq', 'desc')
        .execute();
      return rows.map((row) => ({
        mergeId: row.merge_id,
        at: new Date(row.at).toISOString(),
        survivorId: row.survivor_id,
        absorbedId: row.absorbed_id,
        reason: row.reason,
        undoneAt: row.undone_at === null ? null : new Date(row.undone_at).toISOString(),
      }));
    },

    async readMerge(workspaceId, mergeId) {
      const row = await db
        .selectFrom('merges')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('merge_id', '=', mergeId)
        .executeTakeFirst();
      if (row === undefined) {
        return undefined;
      }
      // Before what was merged since: a merge in between makes this version stale, and the write fails.
      const profiles = await db
        .selectFrom('profiles')
        .select(['profile_id', 'version', 'state'])
        .where('workspace_id', '=', workspaceId)
        .where('profile_id', 'in', [row.survivor_id, row.absorbed_id])
        .execute();
      const later = await db
        .selectFrom('merges')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('survivor_id', '=', row.survivor_id)
        .where('seq', '>', row.seq)
        .where('undone_at', 'is', null)
        .orderBy('seq')
        .execute();
      const survivor = profiles.find((one) => one.profile_id === row.survivor_id);
      const absorbed = profiles.find((one) => one.profile_id === row.absorbed_id);
      if (survivor === undefined || absorbed === undefined) {
        return undefined;
      }
      return {
        merge: mergeOf(row),
        survivor: { profile: decodeProfile(survivor.state), version: survivor.version },
        absorbedVersion: absorbed.version,
        later: later.map(mergeOf),
      };
    },

    async writeUnmerge(unmerge) {
      const { merge, survivor, restored, personLinks, undoneAt } = unmerge;
      const { workspaceId } = merge;
      const body = await toOutboxBody([{ workspaceId, events: [], decisions: [], personLinks }]);
      const writes = [survivor, restored].map(({ profile, version }) => ({
        workspaceId,
        profileId: profile.id,
        version,
        // Both were read a moment ago, and nobody is erased by undoing.
        incarnation: undefined,
        state: encodeProfile(profile),
        mergedInto: undefined,
        dueAt: profile.dueAt,
        person: personRowOf(profile),
      }));
      const outcome = await connection.runScript(
        [
          writeProfiles(writes),
          listPeople(writes),
          moveBack(merge),
          markUndone(merge, undoneAt),
          askForRecounts(writes),
          ...unmerge.later.map((one) => replaceSnapshot(merge, one)),
          appendToOutbox(body, undoneAt),
        ].filter((one) => one !== undefined),
      );
      return outcome.kind === 'done';
    },
  };
}

/** Both are as they were before the merge, also where something was made up for everybody since then. */
function askForRecounts(people: readonly ProfileRef[]): Statement {
  return {
    sql: `insert into recounts (workspace_id, profile_id)
      select * from unnest($1::text[], $2::text[])`,
    values: [
      people.map(({ workspaceId }) => workspaceId),
      people.map(({ profileId }) => profileId),
    ],
  };
}

function moveBack({ workspaceId, moved, survivorId, absorbedId }: MergeRecord): Statement {
  return {
    sql: `update identifiers i set profile_id = $1
      from unnest($2::text[], $3::text[]) as moved (kind, value)
      where i.workspace_id = $4 and i.kind = moved.kind and i.value = moved.value
        and i.profile_id = $5`,
    values: [
      absorbedId,
      moved.map(({ kind }) => kind),
      moved.map(({ value }) => value),
      workspaceId,
      survivorId,
    ],
  };
}

function markUndone({ workspaceId, mergeId }: MergeRecord, at: number): Statement {
  return {
    sql: `update merges set undone_at = $1
      where workspace_id = $2 and merge_id = $3 and undone_at is null`,
    values: [at, workspaceId, mergeId],
    mustChange: 1,
  };
}

function replaceSnapshot(
  { workspaceId }: MergeRecord,
  { mergeId, survivorBefore }: Unmerge['later'][number],
): Statement {
  return {
    sql: 'update merges set survivor_before = $1 where workspace_id = $2 and merge_id = $3',
    values: [encodeProfile(survivorBefore), workspaceId, mergeId],
  };
}

function mergeOf(row: Selectable<MergeTable>): MergeRecord {
  return {
    // Ids and reason are what a commit wrote, which took them from checked events.
    workspaceId: row.workspace_id as WorkspaceId,
    mergeId: row.merge_id,
    at: row.at,
    messageId: row.message_id as MessageId,
    reason: row.reason as MergeReason,
    survivorId: row.survivor_id as ProfileId,
    absorbedId: row.absorbed_id as ProfileId,
    survivorBefore: decodeProfile(row.survivor_before),
    absorbedBefore: decodeProfile(row.absorbed_before),
    moved: identifierList.parse(JSON.parse(row.moved)) satisfies readonly Identifier[],
    undoneAt: row.undone_at ?? undefined,
  };
}
