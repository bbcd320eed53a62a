import { decodeProfile } from '@tenth/engine/profile.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import { type Identifier, identifierKey, identifiersOf } from '../identify/identifier.ts';
import { profileIdOf } from '../identify/profile-id.ts';
import { Person } from './person.ts';
import type { PersonCache } from './person-cache.ts';
import type {
  CommitStore,
  FoundPeople,
  IdentifierRef,
  ProfileRef,
  StoredProfile,
} from './ports.ts';
import type { Request } from './work.ts';

/**
 * Keys of all identifiers that the events name.
 *
 * @throws {Problem} body-invalid: an event names nobody.
 */
export function keysOf(workspaceId: WorkspaceId, events: readonly SiteEvent[]): readonly string[] {
  const keys = new Set<string>();
  for (const event of events) {
    const identifiers = listOf(event);
    if (identifiers.length === 0) {
      throw new Problem('body-invalid', 'an event needs a userId or an anonymousId');
    }
    if (!event.isBot) {
      for (const identifier of identifiers) {
        keys.add(identifierKey(workspaceId, identifier));
      }
    }
  }
  return [...keys];
}

function listOf(event: SiteEvent): readonly Identifier[] {
  const { user, anonymous, previousUser, previousAnonymous } = identifiersOf(event);
  return [user, anonymous, previousUser, previousAnonymous].filter((one) => one !== undefined);
}

/** Reads the people that requests name and that are not in memory: all of them in one query. */
export class Loader {
  readonly #store: CommitStore;
  readonly #cache: PersonCache;
  #missedLookups = 0;

  constructor(store: CommitStore, cache: PersonCache) {
    this.#store = store;
    this.#cache = cache;
  }

  /** Identifiers that were not in memory. */
  get missedLookups(): number {
    return this.#missedLookups;
  }

  async load(requests: readonly Request[]): Promise<void> {
    const identifiers = new Map<string, IdentifierRef>();
    const profiles = new Map<string, ProfileRef>();
    for (const request of requests) {
      const { workspaceId } = request;
      for (const event of request.events) {
        for (const identifier of event.isBot ? [] : listOf(event)) {
          const key = identifierKey(workspaceId, identifier);
          if (!this.#cache.hasIdentifier(key)) {
            identifiers.set(key, { workspaceId, identifier });
          }
          // A first try takes it that nobody has the id of a person to be founded; a later one looks.
          if (request.attempts > 0) {
            profiles.set(key, { workspaceId, profileId: profileIdOf(workspaceId, identifier) });
          }
        }
      }
      for (const { profileId } of request.people) {
        if (this.#cache.find(workspaceId, profileId) === undefined) {
          profiles.set(`${workspaceId}\n${profileId}`, { workspaceId, profileId });
        }
      }
    }
    this.#missedLookups += identifiers.size;
    if (identifiers.size > 0 || profiles.size > 0) {
      this.#takeUp(await this.#store.find([...identifiers.values()], [...profiles.values()]));
    }
  }

  #takeUp({ pointers, profiles }: FoundPeople): void {
    for (const stored of profiles) {
      const known = this.#cache.find(stored.workspaceId, stored.profileId);
      if (known === undefined) {
        this.#cache.add(personOf(stored));
      } else if (known.version < stored.version && known.pins === 0) {
        this.#cache.remove(known);
        this.#cache.add(personOf(stored));
      }
    }
    for (const { workspaceId, identifier, profileId } of pointers) {
      const key = identifierKey(workspaceId, identifier);
      const person = this.#standing(workspaceId, profileId);
      // What memory says of an identifier is never older than what was read.
      if (person !== undefined && !this.#cache.hasIdentifier(key)) {
        this.#cache.point(key, person);
      }
    }
  }

  /** The person, or who a merge that is being committed puts in their place. */
  #standing(workspaceId: WorkspaceId, profileId: ProfileRef['profileId']): Person | undefined {
    const person = this.#cache.find(workspaceId, profileId);
    return person?.mergedInto === undefined
      ? person
      : this.#cache.find(workspaceId, person.mergedInto);
  }
}

function personOf(stored: StoredProfile): Person {
  return new Person({
    workspaceId: stored.workspaceId,
    profile: decodeProfile(stored.state),
    version: stored.version,
    incarnation: stored.incarnation,
    mergedInto: stored.mergedInto,
    identifiers: stored.identifiers,
    merges: stored.merges,
    keptApart: stored.keptApart,
  });
}
