import { regularisedBeta } from './incomplete-beta.ts';
import { lnGamma } from './incomplete-gamma.ts';

const STEPS = 200;
const PRECISION = 1e-12;
const LEAST = 1e-300;

/**
 * The x below which a share of the beta distribution with a, b > 0 lies.
 *
 * Newton's steps on {@link regularisedBeta}, from the mean; one that leaves the bracket found so far is
 * replaced by halving it.
 *
 * @returns At least 1e-300, where a is so small that nearly everything lies at 0.
 */
export function betaQuantile(share: number, a: number, b: number): number {
  const lnBeta = lnGamma(a) + lnGamma(b) - lnGamma(a + b);
  let low = LEAST;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < STEPS && high - low > PRECISION * x; step += 1) {
    const error = regularisedBeta(x, a, b) - share;
    if (error > 0) {
      high = x;
    } else {
      low = x;
    }
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - lnBeta);
    const next = x - error / density;
    const stepped = next > low && next < high ? next : between(low, high);
    if (Math.abs(stepped - x) <= PRECISION * x) {
      return stepped;
    }
    x = stepped;
  }
  return x;
}

/** In the middle of their logarithms where these are far apart, since quantiles may be as small as can be. */
function between(low: number, high: number): number {
  return high > 2 * low ? Math.sqrt(low * high) : (low + high) / 2;
}
