import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { type EpochMs, HOUR_MS } from '@tenth/model/time.ts';
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
  readonly erasedAt: Map<string, EpochMs>;
  readonly latestAt: EpochMs;
}

/** Clocks of nodes differ, and what was begun first may be committed last. */
const OVERLAP_MS = HOUR_MS;

/**
 * Keeps out what happened to somebody before they were erased: an import of old events, a replay, a phone
 * that comes back online. In memory, since every event is looked at; one that happened after the last
 * erasure, as nearly all do, costs one comparison.
 */
export class Suppressions {
  readonly #store: SuppressionStore;
  readonly #hashes: KeyedHashes;
  readonly #byWorkspace = new Map<WorkspaceId, Suppressed>();

  constructor(store: SuppressionStore, hashes: KeyedHashes) {
    this.#store = store;
    this.#hashes = hashes;
  }

  /** Takes over what has been stored since the last time, by whichever node. */
  async load(): Promise<void> {
    const known = [...this.#byWorkspace.values()].map(({ latestAt }) => latestAt);
    const since = Math.max(0, Math.max(0, ...known) - OVERLAP_MS);
    const lists = new Map<WorkspaceId, Suppression[]>();
    for (const one of await this.#store.list(since)) {
      const list = lists.get(one.workspaceId) ?? [];
      list.push(one);
      lists.set(one.workspaceId, list);
    }
    for (const [workspaceId, list] of lists) {
      const before = this.#byWorkspace.get(workspaceId);
      const erasedAt = before?.erasedAt ?? new Map<string, EpochMs>();
      for (const one of list) {
        erasedAt.set(one.hash, one.erasedAt);
      }
      this.#byWorkspace.set(workspaceId, {
        salt: await this.#hashes.saltOf(workspaceId),
        erasedAt,
        latestAt: list.reduce(
          (latest, one) => Math.max(latest, one.erasedAt),
          before?.latestAt ?? 0,
        ),
      });
    }
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
