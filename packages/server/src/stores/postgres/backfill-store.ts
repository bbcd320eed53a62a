import { type ProfileId, profileId, type SegmentId, type WorkspaceId } from '@tenth/model/ids.ts';
import { segment } from '@tenth/model/segment.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type {
  Backfill,
  BackfillStore,
  Concern,
  StoredState,
  WalkedPerson,
} from '../../backfill/ports.ts';
import { identifierKinds } from '../../identify/identifier.ts';
import type { PostgresConnection, Statement } from './connection.ts';
import { linesOf } from './find-people.ts';
import type { BackfillTable } from './schema.ts';

const sample = z.object({ entering: z.array(profileId), leaving: z.array(profileId) });
const aggregateIds = z.array(z.string());
const identifierList = z.array(z.object({ kind: z.enum(identifierKinds), value: z.string() }));

/** All of them in one text: a row each costs several times as much on its way here as what is in it. */
const PEOPLE = `
  select coalesce(string_agg(
    profile_id || ' ' || version || ' ' || incarnation || ' ' || is_concerned::int, E'\\n'), '') as people
  from page`;
const STATES = `
  select count(*) as people, max(profile_id) as up_to,
    coalesce(string_agg(profile_id || ' ' || state, E'\\n') filter (where is_concerned), '') as states
  from page`;

/**
 * For one transaction. Where nothing has analysed the table, everybody from there on may be looked up and sorted for
 * each page: a walk through a million people read the table hundreds of times.
 */
const IN_ORDER_OF_THE_INDEX = { sql: 'set local enable_bitmapscan = off', values: [] };

interface PackedPeople {
  /** In the order of their ids. */
  readonly people: string;
}

interface PackedStates {
  readonly people: number;
  readonly up_to: ProfileId | null;
  readonly states: string;
}

const STANDING = 'from profiles where workspace_id = $1 and merged_into is null';

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

    async listPeople(workspaceId, after, limit, concern) {
      const [packed] = await readPage<PackedPeople>(
        connection,
        pageOf(workspaceId, after, limit, concern, PEOPLE),
      );
      const people = walkedPeople(packed?.people ?? '');
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

    async listStates(workspaceId, after, limit, concern) {
      const [packed] = await readPage<PackedStates>(
        connection,
        pageOf(workspaceId, after, limit, concern, STATES),
      );
      return {
        people: packed?.people ?? 0,
        upTo: packed?.up_to ?? undefined,
        states: statesOf(packed?.states ?? ''),
      };
    },

    async findPeople(workspaceId, ids) {
      const [packed] = await connection.read<PackedPeople>(
        `with page as (select profile_id, version, incarnation, true as is_concerned ${STANDING}
          and profile_id = any($2::text[]) order by profile_id) ${PEOPLE}`,
        [workspaceId, ids],
      );
      const merges = await connection.read<MergeRow>(
        `${MERGED} and survivor_id = any($2::text[])`,
        [workspaceId, ids],
      );
      return withAbsorbed(walkedPeople(packed?.people ?? ''), merges);
    },

    async findStates(workspaceId, ids) {
      const [packed] = await connection.read<Pick<PackedStates, 'states'>>(
        `select coalesce(string_agg(profile_id || ' ' || state, E'\\n'), '') as states ${STANDING}
          and profile_id = any($2::text[])`,
        [workspaceId, ids],
      );
      return statesOf(packed?.states ?? '');
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

/** The statement that reads the next people, and packs them. */
function pageOf(
  workspaceId: WorkspaceId,
  after: string,
  limit: number,
  concern: Concern | 'everybody',
  packed: string,
): Statement {
  const traces = concern === 'everybody' ? [] : tracesOf(concern);
  const isConcerned =
    concern === 'everybody'
      ? 'true'
      : traces.map((_, index) => `strpos(state, $${index + 4}) > 0`).join(' or ');
  return {
    sql: `with page as (
        select profile_id, version, incarnation, state, ${isConcerned} as is_concerned ${STANDING}
          and profile_id > $2 order by profile_id limit $3::bigint)
      ${packed}`,
    values: [workspaceId, after, limit, ...traces],
  };
}

async function readPage<Row>(
  connection: PostgresConnection,
  statement: Statement,
): Promise<readonly Row[]> {
  const outcome = await connection.runScript([IN_ORDER_OF_THE_INDEX, statement]);
  // The row type is the caller's claim about its statement.
  return (outcome.kind === 'done' ? outcome.rows : []) as readonly unknown[] as readonly Row[];
}

/** What stands in the state of everybody who is concerned, and hardly in that of others. */
function tracesOf({ segmentId, aggregates }: Concern): readonly string[] {
  return [`"segmentId":"${segmentId}"`, ...aggregates.map((id) => `"${id}":`)];
}

function walkedPeople(packed: string): readonly Omit<WalkedPerson, 'absorbed'>[] {
  return linesOf(packed).map((line) => {
    const [id = '', version, incarnation, isConcerned] = line.split(' ');
    return {
      // Only ids are ever written there.
      profileId: id as ProfileId,
      version: Number(version),
      incarnation: Number(incarnation),
      isConcerned: isConcerned === '1',
    };
  });
}

function statesOf(packed: string): readonly StoredState[] {
  return linesOf(packed).map((line) => ({
    // Only ids are ever written there.
    profileId: line.slice(0, line.indexOf(' ')) as ProfileId,
    state: line.slice(line.indexOf(' ') + 1),
  }));
}

function withAbsorbed(
  walked: readonly Omit<WalkedPerson, 'absorbed'>[],
  merges: readonly MergeRow[],
): readonly WalkedPerson[] {
  const absorbed = new Map<ProfileId, ProfileId[]>();
  for (const { survivor_id, absorbed_id } of merges) {
    absorbed.set(survivor_id, [...(absorbed.get(survivor_id) ?? []), absorbed_id]);
  }
  return walked.map((person) => ({ ...person, absorbed: absorbed.get(person.profileId) ?? [] }));
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
