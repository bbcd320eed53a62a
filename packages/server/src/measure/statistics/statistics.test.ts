import { describe, expect, test } from 'vitest';
import { chiSquareTail, normalTwoSided, student95, studentTwoSided } from './distributions.ts';
import { proportionSample, relativeLift, type Sample } from './relative-lift.ts';
import { testSampleRatio } from './sample-ratio.ts';
import { compareProportions } from './two-proportions.ts';

/** Mean and variance (over n - 1) from a sum and a sum of squares. */
function sampleOf(sum: number, sumSquares: number, count: number): Sample {
  return { count, mean: sum / count, variance: (sumSquares - sum ** 2 / count) / (count - 1) };
}

describe('tails', () => {
  test.each([
    [0, 1],
    [1, 0.31731050786291415],
    [1.959963984540054, 0.05],
    [3.290526731491926, 0.001],
    [6, 1.973175290075396e-9],
  ])('a normal beyond %d either way has probability %d', (z, p) => {
    expect(Math.abs(normalTwoSided(z) / p - 1)).toBeLessThan(1e-12);
    expect(normalTwoSided(-z)).toBe(normalTwoSided(z));
  });

  test.each([
    [3.841458820694124, 1, 0.05],
    [1.4, 2, Math.exp(-0.7)],
    [16.918977604620448, 9, 0.05],
  ])('a chi-square of %d with %d degrees has tail %d', (chi2, degrees, p) => {
    expect(Math.abs(chiSquareTail(chi2, degrees) / p - 1)).toBeLessThan(1e-12);
  });

  test.each([
    [1, 12.706204736],
    [5, 2.570581836],
    [30, 2.042272456],
    [1000, 1.962339081],
  ])('with %d degrees of freedom 5 %% of t lie beyond %d', (degrees, t) => {
    expect(student95(degrees)).toBeCloseTo(t, 8);
    expect(studentTwoSided(t, degrees)).toBeCloseTo(0.05, 9);
  });
});

describe('difference of two conversion rates', () => {
  test.each([
    {
      control: [200, 1000],
      treatment: [240, 1000],
      z: 2.159168,
      p: 0.030837,
      low: 0.003733,
      high: 0.076267,
    },
    {
      control: [500, 10000],
      treatment: [560, 10000],
      z: 1.893753,
      p: 0.058258,
      low: -0.000209,
      high: 0.012209,
    },
  ])('$control against $treatment', ({ control, treatment, z, p, low, high }) => {
    const result = compareProportions({
      control: { converted: control[0] ?? 0, people: control[1] ?? 0 },
      treatment: { converted: treatment[0] ?? 0, people: treatment[1] ?? 0 },
    });
    expect(result.z).toBeCloseTo(z, 6);
    expect(result.pValue).toBeCloseTo(p, 6);
    expect(result.interval.low).toBeCloseTo(low, 6);
    expect(result.interval.high).toBeCloseTo(high, 6);
  });

  test('nobody converted in either arm: no difference, p = 1', () => {
    const nobody = { people: 10, converted: 0 };
    const result = compareProportions({ control: nobody, treatment: nobody });
    expect(result).toMatchObject({ difference: 0, z: 0, pValue: 1 });
  });
});

describe('relative lift', () => {
  test('of 14/28 and 16/30, as GrowthBook states it', () => {
    const lift = relativeLift({
      control: proportionSample({ converted: 14, people: 28 }),
      treatment: proportionSample({ converted: 16, people: 30 }),
    });
    expect(lift?.relative).toBeCloseTo(0.06667, 5);
    expect(lift?.interval?.low).toBeCloseTo(-0.47767, 5);
    expect(lift?.interval?.high).toBeCloseTo(0.61101, 5);
    expect(lift?.pValue).toBeCloseTo(0.80707, 5);
  });

  test('of two means, as GrowthBook states it', () => {
    const lift = relativeLift({
      control: sampleOf(1396.87, 52377.9767, 3407),
      treatment: sampleOf(2422.7, 134698.29, 3461),
    });
    expect(lift?.relative).toBeCloseTo(0.70732, 5);
    expect(lift?.interval?.low).toBeCloseTo(-0.03526, 5);
    expect(lift?.interval?.high).toBeCloseTo(1.44989, 5);
    expect(lift?.pValue).toBeCloseTo(0.06191, 5);
  });

  test('over a rate of 0 there is none', () => {
    const control = proportionSample({ converted: 0, people: 10 });
    const treatment = proportionSample({ converted: 5, people: 10 });
    expect(relativeLift({ control, treatment })).toBeUndefined();
  });

  test('of one person an arm has no interval', () => {
    const control = proportionSample({ converted: 1, people: 1 });
    const treatment = proportionSample({ converted: 1, people: 1 });
    expect(relativeLift({ control, treatment })).toMatchObject({ relative: 0, pValue: 1 });
  });
});

describe('sample ratio', () => {
  test.each([
    {
      observed: [821588, 815482],
      shares: [0.5, 0.5],
      chi2: 22.77437,
      p: 1.8218e-6,
      isSuspect: true,
    },
    { observed: [1000, 1100], shares: [0.5, 0.5], chi2: 4.7619, p: 0.029096, isSuspect: false },
    {
      observed: [330, 350, 320],
      shares: [1 / 3, 1 / 3, 1 / 3],
      chi2: 1.4,
      p: 0.496585,
      isSuspect: false,
    },
  ])('$observed', ({ observed, shares, chi2, p, isSuspect }) => {
    const result = testSampleRatio(observed, shares);
    expect(result.chi2).toBeCloseTo(chi2, 4);
    expect(Math.abs(result.pValue / p - 1)).toBeLessThan(1e-4);
    expect(result.isSuspect).toBe(isSuspect);
  });

  test('people in an arm that nobody was to enter are suspect', () => {
    expect(testSampleRatio([10, 1], [1, 0])).toMatchObject({ pValue: 0, isSuspect: true });
    expect(testSampleRatio([10, 0], [1, 0])).toMatchObject({ pValue: 1, isSuspect: false });
  });
});
