import { encodeProfile } from '@tenth/engine/profile.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type {
  LoggedDecision,
  LoggedEvent,
  LogRecord,
  PersonLink,
} from '@tenth/model/log-record.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { hasSameRow, personRowOf } from './people-row.ts';
import type { Person } from './person.ts';
import type { Commit, ProfileWrite } from './ports.ts';
import type { Work } from './work.ts';

/** One group commit, as of the moment it was closed. */
export interface ClosedCommit {
  readonly commit: Omit<Commit, 'outboxBody'>;
  /** One a workspace. */
  readonly records: readonly LogRecord[];
  /** The states being written. */
  readonly written: ReadonlyMap<Person, Profile>;
}

/** Takes up what these requests have brought about: each changed profile once, in its latest state. */
export function buildCommit(works: readonly Work[], at: EpochMs): ClosedCommit {
  const written = new Map<Person, Profile>();
  for (const work of works) {
    for (const person of work.changed) {
      written.set(person, person.profile);
    }
  }
  return {
    commit: {
      at,
      profiles: [...written.keys()].sort(byId).map(writeOf),
      identifiers: works.flatMap(({ identifiers }) => identifiers),
      merges: works.flatMap(({ merges }) => merges.map(({ write }) => write)),
    },
    records: recordsOf(works),
    written,
  };
}

/** Always in the same order, so that two servers' commits cannot wait for each other in a circle. */
function byId(left: Person, right: Person): number {
  if (left.workspaceId !== right.workspaceId) {
    return left.workspaceId < right.workspaceId ? -1 : 1;
  }
  return left.id < right.id ? -1 : 1;
}

function writeOf(person: Person): ProfileWrite {
  const { workspaceId, id, profile, version, incarnation, stored, mergedInto } = person;
  return {
    workspaceId,
    profileId: id,
    version: version + 1,
    incarnation,
    state: encodeProfile(profile),
    mergedInto,
    dueAt: mergedInto === undefined ? profile.dueAt : undefined,
    person:
      mergedInto !== undefined || (stored !== undefined && hasSameRow(stored, profile))
        ? undefined
        : personRowOf(profile),
  };
}

function recordsOf(works: readonly Work[]): readonly LogRecord[] {
  const records = new Map<WorkspaceId, OpenRecord>();
  for (const work of works) {
    if (work.logged.length === 0) {
      continue;
    }
    const { workspaceId } = work.request;
    let record = records.get(workspaceId);
    if (record === undefined) {
      record = { workspaceId, events: [], decisions: [], personLinks: [] };
      records.set(workspaceId, record);
    }
    record.events.push(...work.logged);
    record.decisions.push(...work.loggedDecisions);
    for (const { survivor, absorbed } of work.merges) {
      record.personLinks.push({
        profileId: absorbed.id,
        personId: survivor.id,
        // The absorbed profile's own version: it grows with every merge and unmerge of it.
        version: absorbed.version + 1,
      });
    }
  }
  return [...records.values()];
}

interface OpenRecord extends LogRecord {
  readonly events: LoggedEvent[];
  readonly decisions: LoggedDecision[];
  readonly personLinks: PersonLink[];
}
