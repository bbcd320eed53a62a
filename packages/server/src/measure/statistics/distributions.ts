import { regularisedBeta } from './incomplete-beta.ts';
import { upperGamma } from './incomplete-gamma.ts';

/** Two-sided 95 % point of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/** P(|Z| >= |z|) of a standard normal. @source erfc(x) = Q(1/2, x²), DLMF 7.11.2. */
export function normalTwoSided(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** P(X >= chi2) of a chi-square with `degrees` degrees of freedom. @source DLMF 8.2.4 with a = degrees / 2. */
export function chiSquareTail(chi2: number, degrees: number): number {
  return upperGamma(degrees / 2, chi2 / 2);
}

/** P(|T| >= |t|) of Student's t. @source Abramowitz and Stegun 26.5.27. */
export function studentTwoSided(t: number, degrees: number): number {
  return regularisedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** The t that |T| reaches with probability 0.05: the half-width of a 95 % interval in standard errors. */
export function student95(degrees: number): number {
  if (degrees > 1e6) {
    return Z_95;
  }
  let low = Z_95;
  let high = 1e4;
  // The tail falls steadily with t, so halving finds it; 60 halvings leave an error under 1e-14.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > 0.05) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}
