import type { CellEstimate } from '@tenth/model/cells.ts';
import {
  fitRates,
  rateAlone,
  rateInterval,
  type ShrunkRate,
  shrinkRate,
} from '../statistics/shrunk-proportions.ts';
import type { Proportion } from '../statistics/two-proportions.ts';

/** One rate of every cell, each seen in the light of all. */
export interface CellRates {
  /** undefined where there is nobody in any cell. */
  shrunk(cell: Proportion): ShrunkRate | undefined;
  estimate(cell: Proportion): CellEstimate | null;
}

export function estimateRates(cells: readonly Proportion[]): CellRates {
  if (cells.every(({ people }) => people === 0)) {
    return { shrunk: () => undefined, estimate: () => null };
  }
  const prior = fitRates(cells);
  return {
    shrunk: (cell) => shrinkRate(cell, prior),
    estimate: (cell) => toEstimate(cell, shrinkRate(cell, prior)),
  };
}

/** Of all people, where there is nothing to draw it to. */
export function estimateAlone(whole: Proportion): CellEstimate {
  const alone = rateAlone(whole);
  return { ...toEstimate(whole, alone), shrunk: rawRate(whole) ?? alone.rate };
}

export function rawRate({ people, converted }: Proportion): number | null {
  return people === 0 ? null : converted / people;
}

function toEstimate(cell: Proportion, shrunk: ShrunkRate): CellEstimate {
  return { raw: rawRate(cell), shrunk: shrunk.rate, interval: rateInterval(shrunk) };
}
