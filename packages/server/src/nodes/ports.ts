/** Names work that one node does for all. */
export type LeaseName = 'ship' | 'backfill' | 'quantiles' | 'erase' | 'retain';

/** Kept by the operational store, by its own clock: those of the nodes may differ. */
export interface Leases {
  /**
   * Takes or renews for so long what nobody else holds.
   *
   * @returns Those of the names that the holder now has.
   */
  take(
    names: readonly LeaseName[],
    holder: string,
    heldMs: number,
  ): Promise<ReadonlySet<LeaseName>>;
  /** Gives back whatever the holder has. */
  release(holder: string): Promise<void>;
}

/** What another node may have changed and this one keeps in memory. */
export const changedThings = ['plans', 'keys', 'suppressions'] as const;

export type ChangedThing = (typeof changedThings)[number];

/** Tells of changes, those made here included. */
export interface ChangeFeed {
  /** @param onGap Changes may have been missed: the connection was made, or made anew. */
  start(onChange: (thing: ChangedThing) => void, onGap: () => void): void;
  stop(): Promise<void>;
}
