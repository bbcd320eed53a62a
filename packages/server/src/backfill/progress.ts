import type { Backfill } from './ports.ts';

/** From 0 to 1; the counts, where there are any, are the first half. */
export function progressOf({ state, aggregates, walked, people }: Backfill): number {
  const walk = people === 0 ? 0 : Math.min(1, walked / people);
  switch (state) {
    case 'counting':
      return walk / 2;
    case 'ready':
      return 0.5;
    case 'switching':
      return aggregates.length === 0 ? walk : 0.5 + walk / 2;
    default:
      return 1;
  }
}
