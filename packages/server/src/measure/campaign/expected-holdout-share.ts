import type { Campaign } from '@tenth/model/campaign.ts';
import type { DrawCell } from './count-draws.ts';

/**
 * The part of the people that was to be withheld from: the mean, over people, of the chance of the
 * holdout at their draw. So a share that was changed within the period is expected as it was.
 *
 * A withheld draw logs that chance itself. A shown one logs (1 - chance) times its variant's share of
 * the weights, so the chance is taken from the withheld of the same plan version, else from the shown
 * when all variants are among them, else by the weights as they are now.
 *
 * @returns The share as set now, where nobody was drawn.
 */
export function expectedHoldoutShare(cells: readonly DrawCell[], campaign: Campaign): number {
  let people = 0;
  let expected = 0;
  for (const draw of cells) {
    const samePlan = cells.filter(({ planVersion }) => planVersion === draw.planVersion);
    people += draw.people;
    expected += draw.people * holdoutChance(draw, samePlan, campaign);
  }
  return people === 0 ? campaign.holdoutShare : expected / people;
}

function holdoutChance(draw: DrawCell, draws: readonly DrawCell[], campaign: Campaign): number {
  const withheld = draws.find(({ arm }) => arm === 'holdout');
  if (draw.arm === 'holdout' || withheld !== undefined) {
    return (draw.arm === 'holdout' ? draw : withheld)?.probability ?? 0;
  }
  const byVariant = new Map(draws.map(({ variantId, probability }) => [variantId, probability]));
  if (campaign.variants.every(({ id }) => byVariant.has(id))) {
    return bounded(1 - [...byVariant.values()].reduce((sum, chance) => sum + chance, 0));
  }
  const weights = campaign.variants.reduce((sum, { weight }) => sum + weight, 0);
  const weight = campaign.variants.find(({ id }) => id === draw.variantId)?.weight;
  return weight === undefined
    ? campaign.holdoutShare
    : bounded(1 - (draw.probability * weights) / weight);
}

function bounded(chance: number): number {
  // Sums of thirds and the like leave dust such as 1e-17, which would make a split of 0 look suspect.
  return Math.min(1, Math.max(0, Math.round(chance * 1e9) / 1e9));
}
