import type { Interval } from './two-proportions.ts';

/** A difference as measured in one cell. */
export interface Difference {
  readonly difference: number;
  /** Of the measurement; above 0. */
  readonly variance: number;
}

/** What is known of the differences of all cells together. */
export interface DifferencePrior {
  readonly mean: number;
  readonly meanVariance: number;
  /** How much cells truly differ among each other. */
  readonly between: number;
  /** Cells that were measured. */
  readonly cells: number;
  /** Of a typical measurement: the harmonic mean. */
  readonly typicalVariance: number;
}

export interface ShrunkDifference {
  readonly difference: number;
  readonly interval: Interval;
}

/** Two-sided 90 % point of the standard normal distribution. */
const Z_90 = 1.6448536269514722;

/**
 * Fits the normal distribution that the true differences of all cells are drawn from. Its variance, that
 * between the cells, is DerSimonian and Laird's:
 *
 *   w = 1 / v,  Q = Σ w (d - m)²,  t² = max(0, (Q - (K - 1)) / (Σ w - Σ w² / Σ w))
 *
 * with m the mean of the K differences d weighted by w; the mean is then taken with 1 / (v + t²).
 *
 * @source DerSimonian and Laird, Meta-Analysis in Clinical Trials (1986).
 */
export function fitDifferences(cells: readonly Difference[]): DifferencePrior | undefined {
  if (cells.length === 0) {
    return undefined;
  }
  const fixed = weightedMean(cells, 0);
  let excess = 1 - cells.length;
  let squares = 0;
  for (const { difference, variance } of cells) {
    excess += (difference - fixed.mean) ** 2 / variance;
    squares += 1 / variance ** 2;
  }
  const freedom = fixed.weights - squares / fixed.weights;
  const between = freedom > 0 ? Math.max(0, excess / freedom) : 0;
  const { mean, weights } = weightedMean(cells, between);
  return {
    mean,
    meanVariance: 1 / weights,
    between,
    cells: cells.length,
    typicalVariance: cells.length / fixed.weights,
  };
}

/**
 * The difference of a cell, drawn towards the mean: B m + (1 - B) d with B = v / (v + t²). The variance is
 * (1 - B) v, and what it owes to the uncertainty of the mean, B² / Σ w, and of B itself,
 * (d - m)² · 2 B² / (K - 3) · (V + t²) / (v + t²) with V the typical v.
 *
 * @param cell undefined where a cell was not measured: it has the mean.
 * @source Efron and Morris, Data Analysis Using Stein's Estimator (1975); the variances: Morris,
 *   Parametric Empirical Bayes Inference (1983), section 5.
 */
export function shrinkDifference(
  cell: Difference | undefined,
  { mean, meanVariance, between, cells, typicalVariance }: DifferencePrior,
): ShrunkDifference {
  if (cell === undefined) {
    return around(mean, between + meanVariance);
  }
  const total = cell.variance + between;
  const pull = cell.variance / total;
  const ofPull = ((2 * pull ** 2) / Math.max(1, cells - 3)) * ((typicalVariance + between) / total);
  const difference = pull * mean + (1 - pull) * cell.difference;
  const variance =
    (1 - pull) * cell.variance +
    pull ** 2 * meanVariance +
    // One cell is its own mean; of its pull nothing can be said.
    (cells > 1 ? ofPull * (cell.difference - mean) ** 2 : 0);
  return around(difference, variance);
}

function around(difference: number, variance: number): ShrunkDifference {
  const half = Z_90 * Math.sqrt(variance);
  return { difference, interval: { low: difference - half, high: difference + half } };
}

function weightedMean(cells: readonly Difference[], between: number) {
  let weights = 0;
  let weighted = 0;
  for (const { difference, variance } of cells) {
    weights += 1 / (variance + between);
    weighted += difference / (variance + between);
  }
  return { mean: weighted / weights, weights };
}
