import type { CampaignCell, CellEstimate } from '@tenth/model/cells.ts';
import {
  type Difference,
  fitDifferences,
  type ShrunkDifference,
  shrinkDifference,
} from '../statistics/shrunk-differences.ts';
import { rateAlone, type ShrunkRate } from '../statistics/shrunk-proportions.ts';
import type { ArmsOfCell } from './count-arms.ts';
import { estimateAlone, estimateRates, rawRate } from './estimate-rates.ts';

/** How the people of each cell respond to a campaign, each cell seen in the light of all. */
export interface CellResponses {
  /** The response as it is shrunk; undefined while no cell has people of both arms. */
  response(arms: ArmsOfCell): number | undefined;
  estimate(arms: ArmsOfCell): CampaignCell;
}

/**
 * Fits rates of both arms, then the differences. A difference's variance is taken of the shrunk rates:
 * by its own, a small cell in which nobody converted would be beyond doubt.
 */
export function estimateResponses(cells: readonly ArmsOfCell[]): CellResponses {
  const shownRates = estimateRates(cells.map(({ shown }) => shown));
  const withheldRates = estimateRates(cells.map(({ withheld }) => withheld));
  const measured = (arms: ArmsOfCell) =>
    difference(arms, shownRates.shrunk(arms.shown), withheldRates.shrunk(arms.withheld));
  const prior = fitDifferences(
    cells.flatMap((arms) => {
      const one = measured(arms);
      return one === undefined ? [] : [one];
    }),
  );
  const shrink = (arms: ArmsOfCell) =>
    prior === undefined ? undefined : shrinkDifference(measured(arms), prior);
  return {
    response: (arms) => shrink(arms)?.difference,
    estimate(arms) {
      return {
        shown: { ...arms.shown, rate: shownRates.estimate(arms.shown) },
        withheld: { ...arms.withheld, rate: withheldRates.estimate(arms.withheld) },
        response: toEstimate(measured(arms), shrink(arms)),
      };
    },
  };
}

/** Of all people together, where there is nothing to draw it to. */
export function responseAlone(whole: ArmsOfCell): CampaignCell {
  const one = difference(whole, rateAlone(whole.shown), rateAlone(whole.withheld));
  const prior = one === undefined ? undefined : fitDifferences([one]);
  const alone = prior === undefined ? undefined : shrinkDifference(one, prior);
  const rate = (arm: ArmsOfCell['shown']) => (arm.people === 0 ? null : estimateAlone(arm));
  return {
    shown: { ...whole.shown, rate: rate(whole.shown) },
    withheld: { ...whole.withheld, rate: rate(whole.withheld) },
    response: toEstimate(one, alone),
  };
}

function difference(
  { shown, withheld }: ArmsOfCell,
  shownRate: ShrunkRate | undefined,
  withheldRate: ShrunkRate | undefined,
): Difference | undefined {
  const ofShown = rawRate(shown);
  const ofWithheld = rawRate(withheld);
  if (
    ofShown === null ||
    ofWithheld === null ||
    shownRate === undefined ||
    withheldRate === undefined
  ) {
    return undefined;
  }
  return {
    difference: ofShown - ofWithheld,
    variance:
      varianceOf(shownRate.rate, shown.people) + varianceOf(withheldRate.rate, withheld.people),
  };
}

function varianceOf(rate: number, people: number): number {
  return (rate * (1 - rate)) / people;
}

function toEstimate(
  measured: Difference | undefined,
  shrunk: ShrunkDifference | undefined,
): CellEstimate | null {
  return shrunk === undefined
    ? null
    : {
        raw: measured?.difference ?? null,
        shrunk: shrunk.difference,
        interval: shrunk.interval,
      };
}
