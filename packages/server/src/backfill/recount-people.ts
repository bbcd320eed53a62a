import { noAggregates } from '@tenth/engine/aggregate/aggregates.ts';
import type { Aggregate } from '@tenth/engine/aggregate/compile-aggregate.ts';
import { type PersonRecount, type Recounted, Recounter } from '@tenth/engine/aggregate/recount.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Pipeline } from '../commit/pipeline.ts';
import type { PersonTask } from '../commit/work.ts';
import { identifierKey, identifiersOf } from '../identify/identifier.ts';
import { forEachSlice } from './people-slices.ts';
import type { BackfillStore, StoredPerson, UndoneMerge } from './ports.ts';
import type { FiledEvent, ProfileRange, Whose } from './read-history.ts';

export interface RecountDeps {
  readonly store: Pick<BackfillStore, 'findPeople' | 'listUndoneMerges'>;
  readonly pipeline: Pick<Pipeline, 'recount'>;
  /**
   * Events of the log filed under these profiles that the aggregates can be made of, in their order.
   * All that was committed before the call is in it.
   */
  readonly history: (
    workspaceId: WorkspaceId,
    whose: Whose,
    aggregates: readonly Aggregate[],
  ) => AsyncIterable<readonly FiledEvent[]>;
  readonly now: () => EpochMs;
}

export interface RecountOutcome {
  /** Whose counts were put in place. */
  readonly counted: ReadonlySet<ProfileId>;
  /** Busy: each time, they had moved on before they were counted. */
  readonly left: readonly ProfileId[];
}

/** A visitor on the site sends an event in seconds; one try takes tenths of one. */
const MOST_TRIES = 5;

/** People as they were read, and what is counted of them; of those without any such event there is nothing. */
export interface CountedPeople {
  readonly people: readonly StoredPerson[];
  readonly counts: ReadonlyMap<ProfileId, Recounted>;
}

/**
 * Counts some aggregates of people anew, as if they had been counted from the start. Each profile is read
 * first and its history after, and what was counted is taken only if the profile is still the same: then
 * the history is just what the profile has seen, whoever wrote to it meanwhile. Doing it twice does no harm.
 *
 * @param pages What was counted by {@link countPeople}, however long ago.
 * @param onRecounted Given profiles that took their counts, as they are committed.
 */
export async function recountPeople(
  deps: RecountDeps,
  workspaceId: WorkspaceId,
  pages: AsyncIterable<CountedPeople> | Iterable<CountedPeople>,
  aggregates: readonly Aggregate[],
  onRecounted: (profiles: readonly Profile[]) => void = () => {},
): Promise<RecountOutcome> {
  const counted = new Set<ProfileId>();
  for (let tries = 1, next = pages; ; tries += 1) {
    const asked: ProfileId[] = [];
    await forEachSlice(taskPages(next), async (slice) => {
      asked.push(...slice.map(({ profileId }) => profileId));
      const recounted = await deps.pipeline.recount(workspaceId, slice, deps.now());
      for (const { id } of recounted) {
        counted.add(id);
      }
      onRecounted(recounted);
    });
    const left = asked.filter((id) => !counted.has(id));
    if (left.length === 0 || tries === MOST_TRIES) {
      return { counted, left };
    }
    const people = await deps.store.findPeople(workspaceId, left);
    next = [await countPeople(deps, workspaceId, people, aggregates)];
  }
}

async function* taskPages(
  pages: AsyncIterable<CountedPeople> | Iterable<CountedPeople>,
): AsyncGenerator<readonly PersonTask[]> {
  for await (const page of pages) {
    yield tasksOf(page);
  }
}

function tasksOf({ people, counts }: CountedPeople): readonly PersonTask[] {
  return people.flatMap(({ profileId, version, incarnation }) => {
    const recounted = counts.get(profileId);
    return recounted === undefined
      ? []
      : [{ profileId, recount: { recounted, version, incarnation } }];
  });
}

/**
 * Counts some aggregates over the history of people, which is read now.
 *
 * @param range Of the people, where they are all there are in it; then they need not be looked up one by one.
 */
export async function countPeople(
  { store, history }: Pick<RecountDeps, 'store' | 'history'>,
  workspaceId: WorkspaceId,
  people: readonly StoredPerson[],
  aggregates: readonly Aggregate[],
  range?: ProfileRange,
): Promise<CountedPeople> {
  if (people.length === 0) {
    return { people, counts: new Map() };
  }
  const recounter = new Recounter(aggregates);
  const owners = new Map<ProfileId, ProfileId>();
  for (const { profileId, absorbed } of people) {
    for (const id of [profileId, ...absorbed]) {
      owners.set(id, profileId);
    }
  }
  const parted = new Parted(
    workspaceId,
    await store.listUndoneMerges(workspaceId, [...owners.keys()]),
  );
  const counts = new Map<ProfileId, PersonRecount>();
  const isInRange = (id: ProfileId) => range !== undefined && id > range.after && id <= range.upTo;
  const others = [...new Set([...owners.keys(), ...parted.survivors])].filter(
    (id) => !isInRange(id),
  );
  for await (const page of history(workspaceId, { range, others }, aggregates)) {
    for (const filed of page) {
      const owner = owners.get(parted.profileOf(filed));
      if (owner !== undefined) {
        const count = counts.get(owner) ?? recounter.begin();
        counts.set(owner, count);
        count.add(filed);
      }
    }
  }
  const done = [...counts]
    .map(([owner, count]) => [owner, count.done()] as const)
    .filter(([, { ofPerson, bySession }]) => ofPerson !== noAggregates || bySession.size > 0);
  return { people, counts: new Map(done) };
}

/** While two were one person, the events of both were filed under one profile; undoing that left them there. */
class Parted {
  readonly survivors: readonly ProfileId[];
  readonly #workspaceId: WorkspaceId;
  /** Profiles that took an identifier back, by the profile that had it meanwhile. */
  readonly #owners = new Map<string, ProfileId>();

  constructor(workspaceId: WorkspaceId, merges: readonly UndoneMerge[]) {
    this.#workspaceId = workspaceId;
    this.survivors = merges.map(({ survivorId }) => survivorId);
    for (const { survivorId, absorbedId, moved } of merges) {
      for (const identifier of moved) {
        this.#owners.set(`${survivorId}\n${identifierKey(workspaceId, identifier)}`, absorbedId);
      }
    }
  }

  profileOf({ profileId, event }: FiledEvent): ProfileId {
    const { user, anonymous } = identifiersOf(event);
    return this.#owners.size === 0 || user !== undefined || anonymous === undefined
      ? profileId
      : (this.#owners.get(`${profileId}\n${identifierKey(this.#workspaceId, anonymous)}`) ??
          profileId);
  }
}
