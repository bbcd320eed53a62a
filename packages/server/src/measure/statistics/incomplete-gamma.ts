/**
 * ln Γ(x) for x > 0, to about 15 digits.
 *
 * @source Lanczos' approximation with g = 607/128 and 15 terms, coefficients by Paul Godfrey (2001).
 */
export function lnGamma(x: number): number {
  let sum = LANCZOS_FIRST;
  LANCZOS.forEach((coefficient, index) => {
    sum += coefficient / (x + index);
  });
  const base = x - 1 + 607 / 128 + 0.5;
  return (x - 0.5) * Math.log(base) - base + 0.5 * Math.log(2 * Math.PI) + Math.log(sum);
}

const LANCZOS_FIRST = 0.9999999999999971;
const LANCZOS = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
] as const;

const TINY = 1e-300;
const PRECISION = 1e-15;
const MAX_STEPS = 1_000;

/**
 * Q(a, x) = Γ(a, x) / Γ(a), the upper regularised incomplete gamma function, for a > 0 and x >= 0.
 *
 * @source Abramowitz and Stegun 6.5.29 (series) and 6.5.31 (continued fraction, by Lentz's method);
 *   the switch at x = a + 1 as in Press et al., Numerical Recipes, 6.2.
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) {
    return 1;
  }
  const scale = Math.exp(a * Math.log(x) - x - lnGamma(a));
  return x < a + 1 ? 1 - scale * series(a, x) : scale * continuedFraction(a, x);
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < MAX_STEPS && term > sum * PRECISION; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
}

function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let step = 1; step < MAX_STEPS; step += 1) {
    const factor = -step * (step - a);
    b += 2;
    d = 1 / away(factor * d + b);
    c = away(b + factor / c);
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
