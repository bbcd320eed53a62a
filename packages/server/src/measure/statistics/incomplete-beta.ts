import { lnGamma } from './incomplete-gamma.ts';

const TINY = 1e-300;
const PRECISION = 1e-15;
const MAX_STEPS = 10_000;

/**
 * I_x(a, b), the regularised incomplete beta function, for a, b > 0 and x in [0, 1].
 *
 * @source Continued fraction of DLMF 8.17.22 by Lentz's method; mirrored beyond (a + 1) / (a + b + 2),
 *   as in Press et al., Numerical Recipes, 6.4.
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) {
    return x <= 0 ? 0 : 1;
  }
  if (x > (a + 1) / (a + b + 2)) {
    return 1 - regularisedBeta(1 - x, b, a);
  }
  const lnFront = lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(lnFront) / a) * fraction(x, a, b);
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < MAX_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < PRECISION) {
      break;
    }
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
