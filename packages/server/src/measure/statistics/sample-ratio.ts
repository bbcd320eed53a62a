import { chiSquareTail } from './distributions.ts';

export interface SampleRatioTest {
  readonly chi2: number;
  readonly pValue: number;
  /** p < 0.001. */
  readonly isSuspect: boolean;
}

/** @source Fabijan et al., Diagnosing Sample Ratio Mismatch in Online Controlled Experiments (KDD 2019). */
const SUSPECT_BELOW = 0.001;

/**
 * Whether people fell into the arms as they were meant to: a chi-square test of the counts.
 *
 * @param observed People of each arm.
 * @param shares   What part of the people each arm was to get; in sum 1.
 */
export function testSampleRatio(
  observed: readonly number[],
  shares: readonly number[],
): SampleRatioTest {
  const people = observed.reduce((sum, count) => sum + count, 0);
  let chi2 = 0;
  observed.forEach((count, arm) => {
    const expected = people * (shares[arm] ?? 0);
    if (count !== expected) {
      chi2 += (count - expected) ** 2 / expected;
    }
  });
  const pValue = chi2 === Infinity ? 0 : chiSquareTail(chi2, observed.length - 1);
  return { chi2, pValue, isSuspect: pValue < SUSPECT_BELOW };
}
