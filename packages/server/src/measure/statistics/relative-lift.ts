import { student95, studentTwoSided } from './distributions.ts';
import type { Interval, Proportion } from './two-proportions.ts';

/** Size, mean and variance (of one unit, not of the mean) of one arm. */
export interface Sample {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

export interface RelativeLift {
  /** Difference of the means over the control's. */
  readonly relative: number;
  /** 95 %; undefined where an arm has one unit only. */
  readonly interval: Interval | undefined;
  /** Two-sided, that the lift is 0. */
  readonly pValue: number;
}

/** A conversion rate as a sample of zeros and ones. */
export function proportionSample(proportion: Proportion): Sample {
  const mean = proportion.converted / proportion.people;
  return { count: proportion.people, mean, variance: mean * (1 - mean) };
}

/**
 * The lift of a mean over the control's mean, its variance by the delta method and its interval by
 * Student's t with Welch and Satterthwaite's degrees of freedom.
 *
 * @returns undefined where the control's mean is 0: nothing can be said in relation to it.
 * @source GrowthBook's frequentist engine (packages/stats), whose figures the tests repeat.
 */
export function relativeLift(arms: {
  readonly control: Sample;
  readonly treatment: Sample;
}): RelativeLift | undefined {
  const { control, treatment } = arms;
  if (control.mean === 0) {
    return undefined;
  }
  const relative = (treatment.mean - control.mean) / Math.abs(control.mean);
  const variance =
    treatment.variance / (treatment.count * control.mean ** 2) +
    (control.variance * treatment.mean ** 2) / (control.count * control.mean ** 4);
  if (variance === 0) {
    const pValue = relative === 0 ? 1 : 0;
    return { relative, interval: { low: relative, high: relative }, pValue };
  }
  const degrees = welchSatterthwaite(control, treatment);
  if (!Number.isFinite(degrees) || degrees <= 0) {
    return { relative, interval: undefined, pValue: 1 };
  }
  const error = Math.sqrt(variance);
  const half = student95(degrees) * error;
  return {
    relative,
    interval: { low: relative - half, high: relative + half },
    pValue: studentTwoSided(relative / error, degrees),
  };
}

function welchSatterthwaite(one: Sample, other: Sample): number {
  const a = one.variance / one.count;
  const b = other.variance / other.count;
  return (a + b) ** 2 / (a ** 2 / (one.count - 1) + b ** 2 / (other.count - 1));
}
