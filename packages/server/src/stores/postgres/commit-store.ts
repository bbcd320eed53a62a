import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import type {
  Commit,
  CommitOutcome,
  CommitStore,
  FoundPeople,
  IdentifierRef,
  ProfileRef,
} from '../../commit/ports.ts';
import type { IdentifierKind } from '../../identify/identifier.ts';
import {
  appendToOutbox,
  askForRecounts,
  insertIdentifiers,
  insertMerges,
  listPeople,
  moveIdentifiers,
  unlistPeople,
  writeProfiles,
} from './commit-statements.ts';
import { type PostgresConnection, type Statement, sqlStateOf } from './connection.ts';
import { RecentBodies } from './recent-bodies.ts';

const FIND = `
  with pointers as (
    select i.workspace_id, i.kind, i.value, i.profile_id
    from unnest($1::text[], $2::text[], $3::text[]) as wanted (workspace_id, kind, value)
    join identifiers i using (workspace_id, kind, value)
  ), ids as (
    select workspace_id, profile_id from pointers
    union
    select * from unnest($4::text[], $5::text[])
  )
  select p.workspace_id, p.profile_id, p.version, p.incarnation, p.state, p.merged_into,
    (select count(*) from identifiers i
      where i.workspace_id = p.workspace_id and i.profile_id = p.profile_id) as identifiers,
    (select count(*) from merges m where m.workspace_id = p.workspace_id
      and m.survivor_id = p.profile_id and m.undone_at is null) as merges,
    (select coalesce(json_agg(m.absorbed_id), '[]') from merges m
      where m.workspace_id = p.workspace_id
        and m.survivor_id = p.profile_id and m.undone_at is not null) as apart_from_absorbed,
    (select coalesce(json_agg(m.survivor_id), '[]') from merges m
      where m.workspace_id = p.workspace_id
        and m.absorbed_id = p.profile_id and m.undone_at is not null) as apart_from_survivor,
    (select coalesce(json_agg(json_build_array(w.kind, w.value)), '[]') from pointers w
      where w.workspace_id = p.workspace_id and w.profile_id = p.profile_id) as pointed_by
  from ids join profiles p using (workspace_id, profile_id)`;

interface FoundRow {
  readonly workspace_id: WorkspaceId;
  readonly profile_id: ProfileId;
  readonly version: number;
  readonly incarnation: number;
  readonly state: string;
  readonly merged_into: ProfileId | null;
  readonly identifiers: number;
  readonly merges: number;
  readonly apart_from_absorbed: readonly ProfileId[];
  readonly apart_from_survivor: readonly ProfileId[];
  readonly pointed_by: readonly (readonly [IdentifierKind, string])[];
}

const FIND_VERSIONS = `
  select workspace_id, profile_id, version, incarnation
  from unnest($1::text[], $2::text[]) as wanted (workspace_id, profile_id)
  join profiles using (workspace_id, profile_id)`;

const FIND_TAKEN = `
  select workspace_id, kind, value
  from unnest($1::text[], $2::text[], $3::text[]) as wanted (workspace_id, kind, value)
  join identifiers using (workspace_id, kind, value)`;

/** SQLSTATE serialization_failure and deadlock_detected: rolled back, worth another try as it is. */
const TRY_AGAIN = new Set(['40001', '40P01']);
const MOST_TRIES = 3;
/** Raised by the database where the row to be replaced was erased; see migration 8. */
const PROFILE_GONE = 'TN002';

/** @param recent Takes what the outbox store of this process will ask for. */
export function createCommitStore(
  connection: PostgresConnection,
  recent = new RecentBodies(0),
): CommitStore {
  return new PostgresCommitStore(connection, recent);
}

class PostgresCommitStore implements CommitStore {
  readonly #connection: PostgresConnection;
  readonly #recent: RecentBodies;

  constructor(connection: PostgresConnection, recent: RecentBodies) {
    this.#connection = connection;
    this.#recent = recent;
  }

  async find(
    identifiers: readonly IdentifierRef[],
    profiles: readonly ProfileRef[],
  ): Promise<FoundPeople> {
    const rows = await this.#connection.read<FoundRow>(FIND, [
      ...identifierLists(identifiers),
      profiles.map((ref) => ref.workspaceId),
      profiles.map((ref) => ref.profileId),
    ]);
    return {
      pointers: rows.flatMap((row) =>
        row.pointed_by.map(([kind, value]) => ({
          workspaceId: row.workspace_id,
          identifier: { kind, value },
          profileId: row.profile_id,
        })),
      ),
      profiles: rows.map((row) => ({
        workspaceId: row.workspace_id,
        profileId: row.profile_id,
        version: row.version,
        incarnation: row.incarnation,
        state: row.state,
        mergedInto: row.merged_into ?? undefined,
        identifiers: row.identifiers,
        merges: row.merges,
        keptApart: [...row.apart_from_absorbed, ...row.apart_from_survivor],
      })),
    };
  }

  async write(commit: Commit): Promise<CommitOutcome> {
    const { outboxBody } = commit;
    const profiles = writeProfiles(commit.profiles);
    const identifiers = insertIdentifiers(commit.identifiers);
    const statements: readonly (Statement | undefined)[] = [
      profiles,
      identifiers,
      insertMerges(commit.merges),
      moveIdentifiers(commit.merges),
      askForRecounts(commit.merges),
      listPeople(commit.profiles),
      unlistPeople(commit.profiles),
      outboxBody === undefined ? undefined : appendToOutbox(outboxBody, commit.at),
    ];
    const outcome = await this.#runScript(statements.filter((one) => one !== undefined));
    if (outcome.kind !== 'done') {
      return this.#findLost(commit);
    }
    if (outboxBody !== undefined) {
      this.#recent.add(outboxIdOf(outcome.rows), outboxBody);
    }
    return { kind: 'done' };
  }

  async #runScript(statements: readonly Statement[]) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#connection.runScript(statements);
      } catch (error) {
        if (sqlStateOf(error) === PROFILE_GONE) {
          return { kind: 'gone' } as const;
        }
        if (tries >= MOST_TRIES || !TRY_AGAIN.has(sqlStateOf(error) ?? '')) {
          throw error;
        }
      }
    }
  }

  async #findLost({ profiles, identifiers }: Commit): Promise<CommitOutcome> {
    const stored = await this.#connection.read<{
      readonly workspace_id: string;
      readonly profile_id: string;
      readonly version: number;
      readonly incarnation: number;
    }>(FIND_VERSIONS, [
      profiles.map((ref) => ref.workspaceId),
      profiles.map((ref) => ref.profileId),
    ]);
    const storedOf = new Map(stored.map((row) => [`${row.workspace_id}\n${row.profile_id}`, row]));
    const taken = await this.#connection.read<{
      readonly workspace_id: WorkspaceId;
      readonly kind: IdentifierKind;
      readonly value: string;
    }>(FIND_TAKEN, identifierLists(identifiers));
    return {
      kind: 'lost',
      profiles: profiles.filter(({ workspaceId, profileId, version, incarnation }) => {
        const found = storedOf.get(`${workspaceId}\n${profileId}`);
        return found === undefined
          ? version > 1
          : found.version !== version - 1 || found.incarnation !== incarnation;
      }),
      identifiers: taken.map(({ workspace_id, kind, value }) => ({
        workspaceId: workspace_id,
        identifier: { kind, value },
      })),
    };
  }
}

function identifierLists(refs: readonly IdentifierRef[]): readonly (readonly string[])[] {
  return [
    refs.map((ref) => ref.workspaceId),
    refs.map((ref) => ref.identifier.kind),
    refs.map((ref) => ref.identifier.value),
  ];
}

const writtenRow = z.tuple([z.object({ id: z.number() })]);

function outboxIdOf(rows: unknown): bigint {
  return BigInt(writtenRow.parse(rows)[0].id);
}
