import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { identifiersOf } from '../identify/identifier.ts';
import { type KeyedHashes, keyedHash } from './keyed-hashes.ts';
import type { Suppression, SuppressionStore } from './ports.ts';

/** An identifier of any kind. */
export interface NamedBy {
  readonly kind: string;
  readonly value: string;
}

/** What the hash of a suppression is made of. */
export function suppressionName({ kind, value }: NamedBy): string {
  return `${kind}\n${value}`;
}

interface Suppressed {
  readonly salt: string;
  /** When each was erased, by hash. */
  readonly erasedAt: ReadonlyMap<string, EpochMs>;
  readonly latestAt: EpochMs;
}

/**
 * Keeps out what happened to somebody before they were erased: an import of old events, a replay, a phone
 * that comes back online. In memory, since every event is looked at; one that happened after the last
 * erasure, as nearly all do, costs one comparison.
 */
export class Suppressions {
  readonly #store: SuppressionStore;
  readonly #hashes: KeyedHashes;
  #byWorkspace: ReadonlyMap<WorkspaceId, Suppressed> = new Map();

  constructor(store: SuppressionStore, hashes: KeyedHashes) {
    this.#store = store;
    this.#hashes = hashes;
  }

  /** Takes over what is stored, by whichever node. */
  async load(): Promise<void> {
    const lists = new Map<WorkspaceId, Suppression[]>();
    for (const one of await this.#store.list()) {
      const list = lists.get(one.workspaceId) ?? [];
      list.push(one);
      lists.set(one.workspaceId, list);
    }
    const loaded = new Map<WorkspaceId, Suppressed>();
    for (const [workspaceId, list] of lists) {
      loaded.set(workspaceId, {
        salt: await this.#hashes.saltOf(workspaceId),
        erasedAt: new Map(list.map(({ hash, erasedAt }) => [hash, erasedAt])),
        latestAt: list.reduce((latest, { erasedAt }) => Math.max(latest, erasedAt), 0),
      });
    }
    this.#byWorkspace = loaded;
  }

  /** The events that may come in; the list itself where all may. */
  admit(workspaceId: WorkspaceId, events: readonly SiteEvent[]): readonly SiteEvent[] {
    const suppressed = this.#byWorkspace.get(workspaceId);
    return suppressed === undefined || events.every(({ at }) => at > suppressed.latestAt)
      ? events
      : events.filter((event) => !isSuppressed(event, suppressed));
  }
}

/** Whose event it is decides: another member on the same device was not erased. */
function isSuppressed(event: SiteEvent, { salt, erasedAt, latestAt }: Suppressed): boolean {
  if (event.at > latestAt) {
    return false;
  }
  const { user, anonymous, previousUser, previousAnonymous } = identifiersOf(event);
  return [user ?? anonymous, previousUser, previousAnonymous].some((identifier) => {
    const at =
      identifier === undefined
        ? undefined
        : erasedAt.get(keyedHash(salt, 'suppression', suppressionName(identifier)));
    return at !== undefined && event.at <= at;
  });
}
