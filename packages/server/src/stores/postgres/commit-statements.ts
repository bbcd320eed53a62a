import type { EpochMs } from '@tenth/model/time.ts';
import type { MergeWrite, PointedTo, ProfileWrite } from '../../commit/ports.ts';
import type { Statement } from './connection.ts';

/*
 * The statements of a commit: one a table, however many rows, so that each is prepared once. Lists of
 * equal length go in as arrays. undefined where there is nothing to do.
 */

/** Stands for null in a list of numbers, which holds none. */
const NEVER = -1;
/** Stands for whichever there is. */
const ANY_INCARNATION = -1;

/** Replaces each profile unless its version is another than expected; then fewer rows change. */
export function writeProfiles(writes: readonly ProfileWrite[]): Statement | undefined {
  return writes.length === 0
    ? undefined
    : {
        sql: `insert into profiles
            (workspace_id, profile_id, version, state, merged_into, due_at, incarnation)
          select w.workspace_id, w.profile_id, w.version, w.state, w.merged_into,
            nullif(w.due_at, ${NEVER}), w.incarnation
          from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[],
              $7::bigint[])
            as w (workspace_id, profile_id, version, state, merged_into, due_at, incarnation)
          on conflict (workspace_id, profile_id) do update
          set version = excluded.version, state = excluded.state, merged_into = excluded.merged_into,
            due_at = excluded.due_at
          where profiles.version = excluded.version - 1
            and excluded.incarnation in (profiles.incarnation, ${ANY_INCARNATION})`,
        values: [
          writes.map((write) => write.workspaceId),
          writes.map((write) => write.profileId),
          writes.map((write) => write.version),
          writes.map((write) => write.state),
          writes.map((write) => write.mergedInto ?? null),
          writes.map((write) => write.dueAt ?? NEVER),
          writes.map((write) => write.incarnation ?? ANY_INCARNATION),
        ],
        mustChange: writes.length,
      };
}

/** Fewer rows change when an identifier points to somebody already. */
export function insertIdentifiers(pointers: readonly PointedTo[]): Statement | undefined {
  return pointers.length === 0
    ? undefined
    : {
        sql: `insert into identifiers (workspace_id, kind, value, profile_id)
          select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
          on conflict do nothing`,
        values: [
          pointers.map((one) => one.workspaceId),
          pointers.map((one) => one.identifier.kind),
          pointers.map((one) => one.identifier.value),
          pointers.map((one) => one.profileId),
        ],
        mustChange: pointers.length,
      };
}

export function insertMerges(merges: readonly MergeWrite[]): Statement | undefined {
  return merges.length === 0
    ? undefined
    : {
        sql: `insert into merges (workspace_id, merge_id, at, message_id, reason,
            survivor_id, absorbed_id, survivor_before, absorbed_before, moved)
          select m.*, (
            select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value)), '[]')::text
            from identifiers i
            where i.workspace_id = m.workspace_id and i.profile_id = m.absorbed_id)
          from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[],
            $7::text[], $8::text[], $9::text[]) as m (workspace_id, merge_id, at, message_id, reason,
            survivor_id, absorbed_id, survivor_before, absorbed_before)`,
        values: [
          merges.map((merge) => merge.workspaceId),
          merges.map((merge) => merge.mergeId),
          merges.map((merge) => merge.at),
          merges.map((merge) => merge.messageId),
          merges.map((merge) => merge.reason),
          merges.map((merge) => merge.survivorId),
          merges.map((merge) => merge.absorbedId),
          merges.map((merge) => merge.survivorBefore),
          merges.map((merge) => merge.absorbedBefore),
        ],
      };
}

/** While something is made up for everybody, a merge may put one who has it together with one who has not. */
export function askForRecounts(merges: readonly MergeWrite[]): Statement | undefined {
  return merges.length === 0
    ? undefined
    : {
        sql: `insert into recounts (workspace_id, profile_id)
          select m.workspace_id, m.survivor_id
          from unnest($1::text[], $2::text[]) as m (workspace_id, survivor_id)
          where exists (select from backfills b
            where b.workspace_id = m.workspace_id and b.finished_at is null)`,
        values: [merges.map((merge) => merge.workspaceId), merges.map((merge) => merge.survivorId)],
      };
}

export function moveIdentifiers(merges: readonly MergeWrite[]): Statement | undefined {
  return merges.length === 0
    ? undefined
    : {
        sql: `update identifiers i set profile_id = m.survivor_id
          from unnest($1::text[], $2::text[], $3::text[]) as m (workspace_id, absorbed_id, survivor_id)
          where i.workspace_id = m.workspace_id and i.profile_id = m.absorbed_id`,
        values: [
          merges.map((merge) => merge.workspaceId),
          merges.map((merge) => merge.absorbedId),
          merges.map((merge) => merge.survivorId),
        ],
      };
}

/** Brings the list of people up to date, where what it shows has changed. */
export function listPeople(writes: readonly ProfileWrite[]): Statement | undefined {
  const listed = writes.flatMap(({ workspaceId, profileId, person }) =>
    person === undefined ? [] : [{ workspaceId, profileId, ...person }],
  );
  return listed.length === 0
    ? undefined
    : {
        sql: `insert into people_index
            (workspace_id, profile_id, user_id, email, name, last_seen_at, segments)
          select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
            $6::bigint[], $7::text[])
          on conflict (workspace_id, profile_id) do update
          set user_id = excluded.user_id, email = excluded.email, name = excluded.name,
            last_seen_at = excluded.last_seen_at, segments = excluded.segments`,
        values: [
          listed.map((one) => one.workspaceId),
          listed.map((one) => one.profileId),
          listed.map((one) => one.userId ?? null),
          listed.map((one) => one.email ?? null),
          listed.map((one) => one.name ?? null),
          listed.map((one) => one.lastSeenAt),
          listed.map((one) => one.segments),
        ],
      };
}

/** Takes those who were merged into another out of the list of people. */
export function unlistPeople(writes: readonly ProfileWrite[]): Statement | undefined {
  const absorbed = writes.filter(({ mergedInto }) => mergedInto !== undefined);
  return absorbed.length === 0
    ? undefined
    : {
        sql: `delete from people_index p
          using unnest($1::text[], $2::text[]) as gone (workspace_id, profile_id)
          where p.workspace_id = gone.workspace_id and p.profile_id = gone.profile_id`,
        values: [absorbed.map((one) => one.workspaceId), absorbed.map((one) => one.profileId)],
      };
}

export function appendToOutbox(body: Uint8Array, at: EpochMs): Statement {
  return {
    sql: 'insert into outbox (body, created_at) values ($1::bytea, $2::bigint) returning id',
    values: [body, at],
  };
}
