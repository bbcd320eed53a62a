import { type ProfileId, profileId, type SegmentId, type WorkspaceId } from '@tenth/model/ids.ts';
import { segment } from '@tenth/model/segment.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Backfill, BackfillStore, StoredPerson } from '../../backfill/ports.ts';
import { identifierKinds } from '../../identify/identifier.ts';
import type { PostgresConnection } from './connection.ts';
import type { BackfillTable } from './schema.ts';

const sample = z.object({ entering: z.array(profileId), leaving: z.array(profileId) });
const aggregateIds = z.array(z.string());
const identifierList = z.array(z.object({ kind: z.enum(identifierKinds), value: z.string() }));

/** All of them in one text: a row each costs several times as much on its way here as what is in it. */
const PEOPLE = `
  select coalesce(string_agg(profile_id || ' ' || version || ' ' || incarnation, E'\\n' order by profile_id), '') as people
  from (
    select profile_id, version, incarnation from profiles
    where workspace_id = $1 and merged_into is null`;

/**
 * For one transaction. Where nothing has analysed the table, as embedded, everybody from there on would be looked up
 * and sorted for each page: a walk through a million people read the table hundreds of times.
 */
const IN_ORDER_OF_THE_INDEX = { sql: 'set local enable_bitmapscan = off', values: [] };

interface PackedPeople {
  readonly people: string;
}

/** Those who were merged into others, and still are. */
const MERGED = `
  select survivor_id, absorbed_id from merges
  where workspace_id = $1 and undone_at is null`;

interface MergeRow {
  readonly survivor_id: ProfileId;
  readonly absorbed_id: ProfileId;
}

export function createBackfillStore(connection: PostgresConnection): BackfillStore {
  const { db } = connection;
  return {
    async start({ workspaceId, segmentId, definition, aggregates, ...given }) {
      await db.transaction().execute(async (tx) => {
        await tx
          .updateTable('backfills')
          .set({ state: 'replaced', finished_at: given.startedAt })
          .where('workspace_id', '=', workspaceId)
          .where('segment_id', '=', segmentId)
          .where('finished_at', 'is', null)
          .execute();
        await tx
          .insertInto('backfills')
          .values({
            workspace_id: workspaceId,
            segment_id: segmentId,
            plan_version: given.planVersion,
            definition: JSON.stringify(definition),
            aggregates: JSON.stringify(aggregates),
            state: given.state,
            is_reviewed: given.isReviewed,
            walked_to: '',
            walked: 0,
            people: 0,
            entering: 0,
            leaving: 0,
            sample: JSON.stringify({ entering: [], leaving: [] }),
            error: null,
            started_at: given.startedAt,
            finished_at: null,
            held_until: 0,
          })
          .execute();
      });
    },

    async find(workspaceId, segmentId) {
      const row = await db
        .selectFrom('backfills')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('segment_id', '=', segmentId)
        .orderBy('backfill_id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : backfillOf(row);
    },

    async unfinished(workspaceId) {
      const rows = await db
        .selectFrom('backfills')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('finished_at', 'is', null)
        .orderBy('backfill_id')
        .execute();
      return rows.map(backfillOf);
    },

    async claim(now, heldUntil) {
      const outcome = await connection.runScript([
        {
          sql: `update backfills set held_until = $2::bigint where backfill_id = (
              select backfill_id from backfills
              where finished_at is null and state <> 'ready' and held_until <= $1::bigint
              order by backfill_id limit 1 for update skip locked)
            returning *`,
          values: [now, heldUntil],
        },
      ]);
      const [row] = outcome.kind === 'done' ? outcome.rows : [];
      // The columns are those of the table.
      return row === undefined
        ? undefined
        : backfillOf(row as unknown as Selectable<BackfillTable>);
    },

    async change(id, change, heldUntil) {
      await db
        .updateTable('backfills')
        .set({
          held_until: heldUntil,
          ...(change.state === undefined ? {} : { state: change.state }),
          ...(change.isReviewed === undefined ? {} : { is_reviewed: change.isReviewed }),
          ...(change.walkedTo === undefined ? {} : { walked_to: change.walkedTo }),
          ...(change.walked === undefined ? {} : { walked: change.walked }),
          ...(change.people === undefined ? {} : { people: change.people }),
          ...(change.entering === undefined ? {} : { entering: change.entering }),
          ...(change.leaving === undefined ? {} : { leaving: change.leaving }),
          ...(change.sample === undefined ? {} : { sample: JSON.stringify(change.sample) }),
          ...(change.error === undefined ? {} : { error: change.error }),
          ...(change.finishedAt === undefined ? {} : { finished_at: change.finishedAt }),
        })
        .where('backfill_id', '=', id)
        .where('finished_at', 'is', null)
        .execute();
    },

    async countPeople(workspaceId) {
      const [row] = await connection.read<{ readonly people: number }>(
        'select count(*) as people from people_index where workspace_id = $1',
        [workspaceId],
      );
      return row?.people ?? 0;
    },

    async listPeople(workspaceId, after, limit) {
      const outcome = await connection.runScript([
        IN_ORDER_OF_THE_INDEX,
        {
          sql: `${PEOPLE} and profile_id > $2 order by profile_id limit $3::bigint) as page`,
          values: [workspaceId, after, limit],
        },
      ]);
      // The column is that of the query.
      const [packed] = (outcome.kind === 'done'
        ? outcome.rows
        : []) as readonly unknown[] as readonly PackedPeople[];
      const people = versionsOf(packed);
      const last = people.at(-1);
      return last === undefined
        ? []
        : withAbsorbed(
            people,
            await connection.read<MergeRow>(
              `${MERGED} and survivor_id > $2 and survivor_id <= $3`,
              [workspaceId, after, last.profileId],
            ),
          );
    },

    async findPeople(workspaceId, ids) {
      const [packed] = await connection.read<PackedPeople>(
        `${PEOPLE} and profile_id = any($2::text[])) as page`,
        [workspaceId, ids],
      );
      const merges = await connection.read<MergeRow>(
        `${MERGED} and survivor_id = any($2::text[])`,
        [workspaceId, ids],
      );
      return withAbsorbed(versionsOf(packed), merges);
    },

    async listConcerned(workspaceId, { after, upTo }, { segmentId, aggregates }) {
      const [packed] = await connection.read<PackedPeople>(
        `select coalesce(string_agg(profile_id, E'\\n' order by profile_id), '') as people
        from (
          select profile_id from people_index
          where workspace_id = $1 and profile_id > $2 and profile_id <= $3
            and strpos(segments, $4) > 0
          union
          select profile_id from profiles
          where workspace_id = $1 and profile_id > $2 and profile_id <= $3 and merged_into is null
            and exists (select from unnest($5::text[]) as counted (key) where strpos(state, key) > 0)
        ) as concerned`,
        [workspaceId, after, upTo, ` ${segmentId} `, aggregates.map((id) => `"${id}":`)],
      );
      // Only ids are ever written there.
      return linesOf(packed).map((line) => line as ProfileId);
    },

    async findStates(workspaceId, ids) {
      const rows = await connection.read<{
        readonly profile_id: ProfileId;
        readonly state: string;
      }>(
        `select profile_id, state from profiles
        where workspace_id = $1 and merged_into is null and profile_id = any($2::text[])`,
        [workspaceId, ids],
      );
      return rows.map(({ profile_id, state }) => ({ profileId: profile_id, state }));
    },

    async listUndoneMerges(workspaceId, ids) {
      const rows = await connection.read<{
        readonly survivor_id: ProfileId;
        readonly absorbed_id: ProfileId;
        readonly moved: string;
      }>(
        `select survivor_id, absorbed_id, moved from merges
        where workspace_id = $1 and undone_at is not null
          and (survivor_id = any($2::text[]) or absorbed_id = any($2::text[]))`,
        [workspaceId, ids],
      );
      return rows.map(({ survivor_id, absorbed_id, moved }) => ({
        survivorId: survivor_id,
        absorbedId: absorbed_id,
        moved: identifierList.parse(JSON.parse(moved)),
      }));
    },

    async listRecounts(limit) {
      const rows = await connection.read<{
        readonly recount_id: number;
        readonly workspace_id: WorkspaceId;
        readonly profile_id: ProfileId;
      }>(
        'select recount_id, workspace_id, profile_id from recounts order by recount_id limit $1::bigint',
        [limit],
      );
      return rows.map((row) => ({
        id: row.recount_id,
        workspaceId: row.workspace_id,
        profileId: row.profile_id,
      }));
    },

    async countRecounts(workspaceId) {
      const [row] = await connection.read<{ readonly waiting: number }>(
        'select count(*) as waiting from recounts where workspace_id = $1',
        [workspaceId],
      );
      return row?.waiting ?? 0;
    },

    async addRecounts(workspaceId, ids) {
      await connection.runScript([
        {
          sql: `insert into recounts (workspace_id, profile_id)
            select $1, profile_id from unnest($2::text[]) as late (profile_id)`,
          values: [workspaceId, ids],
        },
      ]);
    },

    async removeRecounts(ids) {
      await connection.runScript([
        { sql: 'delete from recounts where recount_id = any($1::bigint[])', values: [ids] },
      ]);
    },
  };
}

function linesOf(packed: PackedPeople | undefined): readonly string[] {
  return packed === undefined || packed.people === '' ? [] : packed.people.split('\n');
}

function versionsOf(packed: PackedPeople | undefined): readonly Omit<StoredPerson, 'absorbed'>[] {
  return linesOf(packed).map((line) => {
    const [id = '', version, incarnation] = line.split(' ');
    return {
      // Only ids are ever written there.
      profileId: id as ProfileId,
      version: Number(version),
      incarnation: Number(incarnation),
    };
  });
}

function withAbsorbed(
  people: readonly Omit<StoredPerson, 'absorbed'>[],
  merges: readonly MergeRow[],
): readonly StoredPerson[] {
  const absorbed = new Map<ProfileId, ProfileId[]>();
  for (const { survivor_id, absorbed_id } of merges) {
    absorbed.set(survivor_id, [...(absorbed.get(survivor_id) ?? []), absorbed_id]);
  }
  return people.map((person) => ({ ...person, absorbed: absorbed.get(person.profileId) ?? [] }));
}

function backfillOf(row: Selectable<BackfillTable>): Backfill {
  return {
    id: row.backfill_id,
    // Only checked ids are ever written here.
    workspaceId: row.workspace_id as WorkspaceId,
    segmentId: row.segment_id as SegmentId,
    planVersion: row.plan_version,
    definition: segment.parse(JSON.parse(row.definition)),
    aggregates: aggregateIds.parse(JSON.parse(row.aggregates)),
    state: row.state,
    isReviewed: row.is_reviewed,
    walkedTo: row.walked_to,
    walked: row.walked,
    people: row.people,
    entering: row.entering,
    leaving: row.leaving,
    sample: sample.parse(JSON.parse(row.sample)),
    error: row.error ?? undefined,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
  };
}
