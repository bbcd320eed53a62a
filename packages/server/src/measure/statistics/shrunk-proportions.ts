import { betaQuantile } from './beta-quantile.ts';
import { lnGamma } from './incomplete-gamma.ts';
import type { Interval, Proportion } from './two-proportions.ts';

/** What is known of the rates of all cells together. */
export interface RatePrior {
  /** Of a cell of which nothing is known. */
  readonly mean: number;
  /** How strongly cells are held to the mean, in people: each possibility with its probability. */
  readonly strengths: readonly Strength[];
}

interface Strength {
  readonly people: number;
  readonly weight: number;
  readonly mean: number;
  /** Of the mean itself. */
  readonly meanVariance: number;
}

export interface ShrunkRate {
  readonly rate: number;
  readonly variance: number;
}

/** Cells of equal counts, taken together. */
interface Tally extends Proportion {
  readonly cells: number;
}

/** Strengths looked at: from a tenth of a person, at which cells have nothing in common, to ten million. */
const LN_WEAKEST = Math.log(0.1);
const LN_STRONGEST = Math.log(1e7);
const POINTS = 28;
/** Possibilities less likely than the likeliest by more than e^10 are left out. */
const NEGLIGIBLE = 10;

/**
 * Fits the distribution that the rates of all cells are drawn from: beta-binomial empirical Bayes.
 *
 * A cell's rate is Beta(mS, (1 - m)S), its converted people are binomial. The strength S (people that
 * the prior counts for) is averaged over its marginal likelihood
 *
 *   L(S) = Π B(mS + k, (1 - m)S + n - k) / B(mS, (1 - m)S)
 *
 * times the uniform-shrinkage prior: S / (S + n0) is uniform in (0, 1), n0 the harmonic mean of the sizes. The
 * mean m of each S weighs cells by n(S + 1) / (S + n), the inverse of their variance under the model.
 * Averaging, instead of taking the likeliest S, keeps intervals honest where the cells hardly differ: the
 * likeliest S is then endless, and every interval a point.
 *
 * Cells without people say nothing.
 *
 * @source Casella, An Introduction to Empirical Bayes Data Analysis (1985), for the idea; Kleinman,
 *   Proportions with Extraneous Variance (1973), for the weighted mean; Christiansen and Morris,
 *   Hierarchical Poisson Regression Modeling (1997), and Daniels, A Prior for the Variance in
 *   Hierarchical Models (1999), for the uniform-shrinkage prior.
 */
export function fitRates(cells: readonly Proportion[]): RatePrior {
  const tallies = tally(cells);
  const size = harmonicSize(tallies);
  const coarse = weigh(tallies, size, LN_WEAKEST, LN_STRONGEST);
  const step = (LN_STRONGEST - LN_WEAKEST) / (POINTS - 1);
  const likely = coarse.filter(({ weight }) => weight > Math.exp(-NEGLIGIBLE) / POINTS);
  const from = Math.log(likely[0]?.people ?? 0.1) - step;
  const to = Math.log(likely.at(-1)?.people ?? 1e7) + step;
  const strengths = weigh(tallies, size, from, to);
  const mean = strengths.reduce((total, strength) => total + strength.weight * strength.mean, 0);
  return { mean, strengths };
}

/**
 * The rate of a cell, drawn towards the mean: (mS + k) / (S + n), averaged over the strengths S. The
 * variance is that of the posterior, and what it owes to the uncertainty of S and of the mean.
 */
export function shrinkRate(cell: Proportion, { strengths }: RatePrior): ShrunkRate {
  let rate = 0;
  let square = 0;
  let within = 0;
  for (const { people, weight, mean, meanVariance } of strengths) {
    const total = people + cell.people;
    const expected = (mean * people + cell.converted) / total;
    const pull = people / total;
    rate += weight * expected;
    square += weight * expected * expected;
    within += weight * ((expected * (1 - expected)) / (total + 1) + pull * pull * meanVariance);
  }
  return { rate, variance: within + Math.max(0, square - rate * rate) };
}

/** 90 %: of the beta distribution with this mean and variance. */
export function rateInterval({ rate, variance }: ShrunkRate): Interval {
  const people = (rate * (1 - rate)) / variance - 1;
  return {
    low: betaQuantile(0.05, rate * people, (1 - rate) * people),
    high: betaQuantile(0.95, rate * people, (1 - rate) * people),
  };
}

function tally(cells: readonly Proportion[]): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { people, converted } of cells) {
    if (people > 0) {
      const key = `${people} ${converted}`;
      const known = tallies.get(key)?.cells ?? 0;
      tallies.set(key, { people, converted, cells: known + 1 });
    }
  }
  return [...tallies.values()];
}

function harmonicSize(tallies: readonly Tally[]): number {
  let reciprocals = 0;
  let cells = 0;
  for (const one of tallies) {
    reciprocals += one.cells / one.people;
    cells += one.cells;
  }
  return cells === 0 ? 1 : cells / reciprocals;
}

/** Strengths in equal steps of their logarithm, by their posterior weight. */
function weigh(
  tallies: readonly Tally[],
  size: number,
  lnFrom: number,
  lnTo: number,
): readonly Strength[] {
  const points = Array.from({ length: POINTS }, (_, index) => {
    const people = Math.exp(lnFrom + ((lnTo - lnFrom) * index) / (POINTS - 1));
    const { mean, meanVariance } = meanAt(people, tallies);
    const pull = people / (people + size);
    const ln = lnLikelihood(people, mean, tallies) + Math.log(pull * (1 - pull));
    return { people, mean, meanVariance, ln };
  });
  const most = Math.max(...points.map(({ ln }) => ln));
  const total = points.reduce((sum, { ln }) => sum + Math.exp(ln - most), 0);
  return points.map(({ ln, ...strength }) => ({
    ...strength,
    weight: Math.exp(ln - most) / total,
  }));
}

function meanAt(
  strength: number,
  tallies: readonly Tally[],
): { readonly mean: number; readonly meanVariance: number } {
  let weights = 0;
  let weighted = 0;
  let everybody = 0;
  for (const { people, converted, cells } of tallies) {
    const weight = (cells * people * (strength + 1)) / (strength + people);
    weights += weight;
    weighted += (weight * converted) / people;
    everybody += cells * people;
  }
  // A mean of 0 or 1 would rule out what was merely not seen yet.
  const least = 0.5 / (everybody + 1);
  const mean = weights === 0 ? 0.5 : Math.min(1 - least, Math.max(least, weighted / weights));
  return { mean, meanVariance: (mean * (1 - mean)) / Math.max(1, weights) };
}

function lnLikelihood(strength: number, mean: number, tallies: readonly Tally[]): number {
  const a = mean * strength;
  const b = strength - a;
  const prior = lnGamma(strength) - lnGamma(a) - lnGamma(b);
  let sum = 0;
  for (const { people, converted, cells } of tallies) {
    const posterior = lnGamma(a + converted) + lnGamma(b + people - converted);
    sum += cells * (prior + posterior - lnGamma(strength + people));
  }
  return sum;
}

/** A rate on its own, with nothing to draw it to: by Jeffreys' prior, Beta(1/2, 1/2). */
export function rateAlone({ people, converted }: Proportion): ShrunkRate {
  const rate = (converted + 0.5) / (people + 1);
  return { rate, variance: (rate * (1 - rate)) / (people + 2) };
}
