import type { Watch } from '@tenth/model/collect-api.ts';

export type WatchOf<Kind extends Watch['kind']> = Extract<Watch, { kind: Kind }>;

/** Starts looking out. `onFired` may be called any number of times; only the first counts. Returns the stop. */
export type StartWatching<Kind extends Watch['kind']> = (
  watch: WatchOf<Kind>,
  onFired: () => void,
) => () => void;
