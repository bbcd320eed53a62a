import { decodeProfile } from '@tenth/engine/profile.ts';
import { erasedTable } from '@tenth/model/erasure.ts';
import { type ProfileId, profileId, type WorkspaceId } from '@tenth/model/ids.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { identifierKinds } from '../../identify/identifier.ts';
import type {
  ErasureStore,
  PersonTraces,
  StoredErasure,
  StoredPersonState,
} from '../../privacy/ports.ts';
import type { PostgresConnection, Statement } from './connection.ts';
import type { ErasureTable } from './schema.ts';

const texts = z.array(z.string());
const tableList = z.array(erasedTable);
const identifierList = z.array(z.object({ kind: z.enum(identifierKinds), value: z.string() }));
const tracesSchema: z.ZodType<PersonTraces> = z.object({
  profileIds: z.array(profileId),
  userIds: texts,
  anonymousIds: texts,
  emails: texts,
  othersAnonymousIds: texts,
});

/** Erased in one statement, each under its name in the certificate. */
const goneTables = ['people_index', 'merges', 'recounts', 'consents', 'backfills'] as const;

export function createErasureStore(connection: PostgresConnection): ErasureStore {
  const { db } = connection;
  const select = (workspaceId: WorkspaceId) =>
    db.selectFrom('erasures').selectAll().where('workspace_id', '=', workspaceId);
  return {
    async create({ workspaceId, erasureId, requestedAt, personIds, subjects }) {
      await connection.runScript([
        {
          sql: `insert into erasures (workspace_id, erasure_id, requested_at, person_id, subjects, tables, plan_references)
            values ($1::text, $2::text, $3::bigint, $4::text, $5::text, '[]', '[]')`,
          values: [
            workspaceId,
            erasureId,
            requestedAt,
            personIds.join(' '),
            JSON.stringify(subjects),
          ],
        },
        suppress(workspaceId, subjects, requestedAt),
      ]);
    },

    async find(workspaceId, erasureId) {
      const row = await select(workspaceId).where('erasure_id', '=', erasureId).executeTakeFirst();
      return row === undefined ? undefined : erasureOf(row);
    },

    async list(workspaceId, { limit, before }) {
      let query = select(workspaceId).orderBy('seq', 'desc').limit(limit);
      if (before !== undefined) {
        query = query.where('seq', '<', (is) =>
          is
            .selectFrom('erasures')
            .select('seq')
            .where('workspace_id', '=', workspaceId)
            .where('erasure_id', '=', before),
        );
      }
      return (await query.execute()).map(erasureOf);
    },

    async listUnfinished() {
      const rows = await db
        .selectFrom('erasures')
        .selectAll()
        .where('verified_at', 'is', null)
        .orderBy('seq')
        .execute();
      return rows.map(erasureOf);
    },

    async readPeople(workspaceId, personIds) {
      const rows = await connection.read<{
        readonly profile_id: ProfileId;
        readonly version: number;
        readonly state: string;
        readonly identifiers: unknown;
        readonly merges: readonly MergeRow[];
      }>(READ_PEOPLE, [workspaceId, personIds]);
      return rows.length === 0 ? undefined : stateOf(rows);
    },

    async removePeople(erasure, person, { traces, subjects }) {
      const { workspaceId, erasureId, requestedAt } = erasure;
      const ids = person.profiles.map(({ profile }) => profile.id);
      const outcome = await connection.runScript([
        { sql: "select set_config('tenth.erasing', 'on', true)", values: [] },
        {
          sql: `delete from profiles p using unnest($2::text[], $3::bigint[]) as read (profile_id, version)
            where p.workspace_id = $1::text and p.profile_id = read.profile_id and p.version = read.version`,
          values: [workspaceId, ids, person.profiles.map(({ version }) => version)],
          mustChange: ids.length,
        },
        {
          // Before the rest, whose snapshot then has what others were writing for these identifiers.
          sql: 'delete from identifiers where workspace_id = $1::text and profile_id = any($2::text[])',
          values: [workspaceId, ids],
          mustChange: person.identifiers.length,
        },
        suppress(workspaceId, subjects, requestedAt),
        {
          sql: REMOVE,
          values: [
            workspaceId,
            ids,
            erasureId,
            JSON.stringify(traces),
            JSON.stringify(subjects),
            ids.length,
            person.identifiers.length,
          ],
          mustChange: 1,
        },
      ]);
      return outcome.kind === 'done';
    },

    async listLinks(workspaceId, profileIds) {
      const rows = await connection.read<{
        readonly profile_id: ProfileId;
        readonly merged_into: ProfileId;
        readonly version: number;
      }>(
        `select profile_id, merged_into, version from profiles
        where workspace_id = $1::text and merged_into is not null and profile_id in (
          select unnest($2::text[])
          union
          select absorbed_id from merges
          where workspace_id = $1::text and survivor_id = any($2::text[]) and undone_at is null)`,
        [workspaceId, profileIds],
      );
      return rows.map((row) => ({
        profileId: row.profile_id,
        personId: row.merged_into,
        version: row.version,
      }));
    },

    async noteProblem(workspaceId, erasureId, waitingFor) {
      await db
        .updateTable('erasures')
        .set({ waiting_for: waitingFor })
        .where('workspace_id', '=', workspaceId)
        .where('erasure_id', '=', erasureId)
        .where('verified_at', 'is', null)
        .execute();
    },

    async finish(workspaceId, erasureId, { tables, planReferences, verifiedAt }) {
      await db
        .updateTable('erasures')
        .set({
          person_id: null,
          traces: null,
          last_outbox_id: null,
          tables: JSON.stringify(tables),
          plan_references: JSON.stringify(planReferences),
          waiting_for: null,
          verified_at: verifiedAt,
        })
        .where('workspace_id', '=', workspaceId)
        .where('erasure_id', '=', erasureId)
        .where('verified_at', 'is', null)
        .execute();
    },
  };
}

/** Of the people that the profiles belong to now. */
const READ_PEOPLE = `
  with person as (
    select distinct coalesce(merged_into, profile_id) as id from profiles
    where workspace_id = $1::text and profile_id = any($2::text[])
  ), own as (
    select profile_id, version, state from profiles
    where workspace_id = $1::text and profile_id in (
      select id from person
      union
      select m.absorbed_id from person join merges m on m.survivor_id = person.id
      where m.workspace_id = $1::text and m.undone_at is null)
  )
  select own.profile_id, own.version, own.state,
    (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value)), '[]')
      from identifiers i
      where i.workspace_id = $1::text and i.profile_id = own.profile_id) as identifiers,
    (select coalesce(json_agg(json_build_object('survivor_id', m.survivor_id,
        'survivor_before', m.survivor_before, 'absorbed_before', m.absorbed_before,
        'moved', m.moved, 'is_undone', m.undone_at is not null)), '[]')
      from merges m
      where m.workspace_id = $1::text
        and (m.survivor_id = own.profile_id or (m.absorbed_id = own.profile_id
          and m.survivor_id not in (select profile_id from own)))) as merges
  from own`;

/**
 * The rest, and what is left to do. The sequence is read after the profiles are gone: whatever was
 * committed of them before has a lower number, and whoever begins anew a higher one.
 */
const REMOVE = `
  with people_index_gone as (
    delete from people_index where workspace_id = $1::text and profile_id = any($2::text[]) returning 1
  ), merges_gone as (
    delete from merges where workspace_id = $1::text
      and (survivor_id = any($2::text[]) or absorbed_id = any($2::text[])) returning 1
  ), recounts_gone as (
    delete from recounts where workspace_id = $1::text and profile_id = any($2::text[]) returning 1
  ), consents_gone as (
    delete from consents where workspace_id = $1::text and profile_id = any($2::text[]) returning 1
  ), backfills_gone as (
    update backfills b set sample = '{"entering":[],"leaving":[]}',
      walked_to = case when b.finished_at is null then b.walked_to else '' end
    where b.workspace_id = $1::text and exists (
      select from unnest($2::text[]) as gone (profile_id)
      where strpos(b.sample, gone.profile_id) > 0 or b.walked_to = gone.profile_id)
    returning 1
  )
  update erasures set
    person_id = null,
    traces = $4::text,
    subjects = $5::text,
    last_outbox_id = coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')::regclass), 0),
    waiting_for = null,
    tables = json_build_array(
      json_build_object('store', 'operational', 'table', 'profiles', 'removed', $6::bigint, 'left', 0),
      json_build_object('store', 'operational', 'table', 'identifiers', 'removed', $7::bigint, 'left', 0),
      ${goneTables
        .map(
          (table) =>
            `json_build_object('store', 'operational', 'table', '${table}', 'removed', (select count(*) from ${table}_gone), 'left', 0)`,
        )
        .join(',\n      ')})::text
  where workspace_id = $1::text and erasure_id = $3::text and traces is null and verified_at is null`;

function suppress(
  workspaceId: WorkspaceId,
  hashes: readonly string[],
  erasedAt: number,
): Statement {
  return {
    sql: `insert into suppressions (workspace_id, hash, erased_at)
      select $1::text, hash, $3::bigint from unnest($2::text[]) as named (hash)
      on conflict (workspace_id, hash) do update set erased_at = greatest(suppressions.erased_at, excluded.erased_at)`,
    values: [workspaceId, hashes, erasedAt],
  };
}

interface MergeRow {
  readonly survivor_id: ProfileId;
  readonly survivor_before: string;
  readonly absorbed_before: string;
  readonly moved: string;
  readonly is_undone: boolean;
}

function stateOf(
  rows: readonly {
    readonly profile_id: ProfileId;
    readonly version: number;
    readonly state: string;
    readonly identifiers: unknown;
    readonly merges: readonly MergeRow[];
  }[],
): StoredPersonState {
  const own = new Set(rows.map((row) => row.profile_id));
  const merges = rows.flatMap((row) => row.merges);
  const snapshotsOf = ({ survivor_id, survivor_before, absorbed_before, is_undone }: MergeRow) => {
    const isSurvivor = own.has(survivor_id);
    // Of a merge that was undone, the other side is somebody else.
    return [
      ...(isSurvivor || !is_undone ? [survivor_before] : []),
      ...(!isSurvivor || !is_undone ? [absorbed_before] : []),
    ];
  };
  return {
    profiles: rows.map(({ version, state }) => ({ profile: decodeProfile(state), version })),
    identifiers: rows.flatMap((row) => identifierList.parse(row.identifiers)),
    snapshots: merges.flatMap(snapshotsOf).map(decodeProfile),
    givenBack: merges
      .filter((merge) => merge.is_undone && own.has(merge.survivor_id))
      .flatMap(({ moved }) => identifierList.parse(JSON.parse(moved))),
  };
}

function erasureOf(row: Selectable<ErasureTable>): StoredErasure {
  return {
    // Only checked ids are ever written here.
    workspaceId: row.workspace_id as WorkspaceId,
    personIds: (row.person_id?.split(' ') ?? []) as ProfileId[],
    erasureId: row.erasure_id,
    requestedAt: row.requested_at,
    removal:
      row.traces === null || row.last_outbox_id === null
        ? undefined
        : {
            traces: tracesSchema.parse(JSON.parse(row.traces)),
            lastOutboxId: BigInt(row.last_outbox_id),
          },
    subjects: texts.parse(JSON.parse(row.subjects)),
    tables: tableList.parse(JSON.parse(row.tables)),
    planReferences: texts.parse(JSON.parse(row.plan_references)),
    waitingFor: row.waiting_for ?? undefined,
    verifiedAt: row.verified_at ?? undefined,
  };
}
