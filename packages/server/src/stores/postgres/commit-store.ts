import type { WorkspaceId } from '@tenth/model/ids.ts';
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
import {
  isLostToAnother,
  type PostgresConnection,
  type Statement,
  sqlStateOf,
} from './connection.ts';
import { findPeople, identifierLists } from './find-people.ts';
import { RecentBodies } from './recent-bodies.ts';

const FIND_VERSIONS = `
  select workspace_id, profile_id, version, incarnation
  from unnest($1::text[], $2::text[]) as wanted (workspace_id, profile_id)
  join profiles using (workspace_id, profile_id)`;

const FIND_TAKEN = `
  select workspace_id, kind, value
  from unnest($1::text[], $2::text[], $3::text[]) as wanted (workspace_id, kind, value)
  join identifiers using (workspace_id, kind, value)`;

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

  find(
    identifiers: readonly IdentifierRef[],
    profiles: readonly ProfileRef[],
  ): Promise<FoundPeople> {
    return findPeople(this.#connection, identifiers, profiles);
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
        if (tries >= MOST_TRIES || !isLostToAnother(error)) {
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

const writtenRow = z.tuple([z.object({ id: z.number() })]);

function outboxIdOf(rows: unknown): bigint {
  return BigInt(writtenRow.parse(rows)[0].id);
}
