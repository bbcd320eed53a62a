import { decodeProfile } from '@tenth/engine/profile.ts';
import type { ProfileId, SegmentId, WorkspaceId } from '@tenth/model/ids.ts';
import { sql } from 'kysely';
import type { FoundPerson, Identifier, PeopleStore, PersonRef } from '../../admin/ports.ts';
import type { PostgresConnection } from './connection.ts';

/** Where a page ends: the place of its last person in the order. */
interface Cursor {
  readonly lastSeenAt: number;
  readonly profileId: string;
}

export function createPeopleStore(connection: PostgresConnection): PeopleStore {
  const { db } = connection;

  async function read(
    workspaceId: WorkspaceId,
    ids: readonly string[],
  ): Promise<readonly FoundPerson[]> {
    const rows = await connection.read<{
      readonly state: string;
      readonly identifiers: readonly Identifier[];
    }>(
      `select p.state, (
        select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value)
          order by i.kind desc, i.value), '[]')
        from identifiers i
        where i.workspace_id = p.workspace_id and i.profile_id = p.profile_id) as identifiers
      from unnest($2::text[]) with ordinality as wanted (profile_id, place)
      join profiles p on p.workspace_id = $1 and p.profile_id = wanted.profile_id
      where p.merged_into is null
      order by place`,
      [workspaceId, ids],
    );
    return rows.map(({ state, identifiers }) => ({ profile: decodeProfile(state), identifiers }));
  }

  return {
    async search(workspaceId, { search, segmentId, limit, before }) {
      const after = before === undefined ? undefined : parseCursor(before);
      let query = db
        .selectFrom('people_index')
        .select(['profile_id', 'last_seen_at'])
        .where('workspace_id', '=', workspaceId)
        .orderBy('last_seen_at', 'desc')
        .orderBy('profile_id', 'desc')
        .limit(limit + 1);
      if (after !== undefined) {
        query = query.where(
          sql<boolean>`(last_seen_at, profile_id) < (${after.lastSeenAt}::bigint, ${after.profileId})`,
        );
      }
      if (segmentId !== undefined) {
        query = query.where(sql<boolean>`strpos(segments, ${` ${segmentId} `}) > 0`);
      }
      const text = search?.trim() ?? '';
      if (text !== '') {
        const start = `${escapeLike(text.toLowerCase())}%`;
        query = query.where((is) =>
          is.or([
            sql<boolean>`lower(user_id) like ${start}`,
            sql<boolean>`lower(email) like ${start}`,
            sql<boolean>`lower(name) like ${`%${start}`}`,
            is('profile_id', '=', text),
            is(
              'profile_id',
              'in',
              is
                .selectFrom('identifiers')
                .select('profile_id')
                .where('identifiers.workspace_id', '=', workspaceId)
                .where('kind', 'in', ['user_id', 'anonymous_id'])
                .where('value', '=', text),
            ),
          ]),
        );
      }
      const rows = await query.execute();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        people: await read(
          workspaceId,
          page.map((row) => row.profile_id),
        ),
        next:
          rows.length > limit && last !== undefined
            ? `${last.last_seen_at}.${last.profile_id}`
            : null,
      };
    },

    async find(workspaceId, ref) {
      const id = await idOf(connection, workspaceId, ref);
      return id === undefined ? undefined : (await read(workspaceId, [id]))[0];
    },

    async countBySegment(workspaceId) {
      const rows = await connection.read<{ readonly segment: SegmentId; readonly people: number }>(
        `select segment, count(*) as people
        from people_index, unnest(string_to_array(trim(segments), ' ')) as segment
        where workspace_id = $1 and segments <> ''
        group by segment`,
        [workspaceId],
      );
      return new Map(rows.map(({ segment, people }) => [segment, people]));
    },
  };
}

async function idOf(
  connection: PostgresConnection,
  workspaceId: WorkspaceId,
  ref: PersonRef,
): Promise<ProfileId | undefined> {
  const rows =
    ref.kind === 'profileId'
      ? await connection.read<{ readonly id: ProfileId }>(
          `select coalesce(merged_into, profile_id) as id from profiles
          where workspace_id = $1 and profile_id = $2`,
          [workspaceId, ref.value],
        )
      : await connection.read<{ readonly id: ProfileId }>(
          `select profile_id as id from identifiers
          where workspace_id = $1 and kind = $2 and value = $3`,
          [workspaceId, ref.kind === 'userId' ? 'user_id' : 'anonymous_id', ref.value],
        );
  return rows[0]?.id;
}

/** A cursor of somebody's own making starts the list over. */
function parseCursor(text: string): Cursor | undefined {
  const parts = /^(\d{1,15})\.([0-9a-z]{26})$/.exec(text);
  return parts === null ? undefined : { lastSeenAt: Number(parts[1]), profileId: parts[2] ?? '' };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
