import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../testing/seeded-random.ts';
import { betaQuantile } from './beta-quantile.ts';
import { regularisedBeta } from './incomplete-beta.ts';
import { type Difference, fitDifferences, shrinkDifference } from './shrunk-differences.ts';
import { fitRates, rateAlone, rateInterval, shrinkRate } from './shrunk-proportions.ts';
import type { Interval, Proportion } from './two-proportions.ts';

const within = ({ low, high }: Interval, value: number) => low <= value && value <= high;

describe('quantiles of the beta distribution', () => {
  test.each([
    [0.05, 1, 1, 0.05],
    [0.5, 2, 2, 0.5],
    [0.95, 1, 2, 1 - Math.sqrt(0.05)],
    [0.05, 3, 1, 0.05 ** (1 / 3)],
    // R: qbeta(0.95, 2, 38), qbeta(0.05, 0.5, 20.5)
    [0.95, 2, 38, 0.116_190_07],
  ])('of %d with %d and %d is %d', (share, a, b, expected) => {
    expect(betaQuantile(share, a, b)).toBeCloseTo(expected, 3);
  });

  test('takes back what the distribution function gives', () => {
    for (const a of [1e-3, 0.3, 1, 7, 400, 2e5]) {
      for (const b of [0.3, 5, 1e3, 1e6]) {
        for (const share of [0.05, 0.5, 0.95]) {
          const x = betaQuantile(share, a, b);
          // Where nearly everything lies at 0 there is no figure small enough.
          if (x > 1e-200) {
            expect(Math.abs(regularisedBeta(x, a, b) - share)).toBeLessThan(1e-6);
          }
        }
      }
    }
  });
});

describe('rates', () => {
  const cells: readonly Proportion[] = [
    { people: 1_000, converted: 100 },
    { people: 1_000, converted: 220 },
    { people: 1_000, converted: 150 },
    { people: 10, converted: 10 },
    { people: 2, converted: 0 },
  ];
  const prior = fitRates(cells);

  test('a cell of nobody has the mean', () => {
    expect(shrinkRate({ people: 0, converted: 0 }, prior).rate).toBeCloseTo(prior.mean, 10);
  });

  test('a cell of endless people keeps its rate, and its interval closes', () => {
    const { low, high } = rateInterval(shrinkRate({ people: 1e12, converted: 3e11 }, prior));
    expect(shrinkRate({ people: 1e12, converted: 3e11 }, prior).rate).toBeCloseTo(0.3, 5);
    expect(high - low).toBeLessThan(1e-4);
  });

  test('a cell lies between its own rate and the mean, the nearer to its own the more people it has', () => {
    const few = shrinkRate({ people: 4, converted: 4 }, prior).rate;
    const more = shrinkRate({ people: 40, converted: 40 }, prior).rate;
    expect(few).toBeGreaterThan(prior.mean);
    expect(more).toBeGreaterThan(few);
    expect(more).toBeLessThan(1);
  });

  test('cells that are all alike are taken for one', () => {
    const alike = Array.from({ length: 200 }, () => ({ people: 500, converted: 50 }));
    const fitted = fitRates(alike);
    expect(fitted.mean).toBeCloseTo(0.1, 6);
    expect(shrinkRate({ people: 5, converted: 5 }, fitted).rate).toBeLessThan(0.102);
  });

  test('the distribution that many cells are drawn from is found again', () => {
    const random = new SeededRandom(11);
    // Beta(2, 6): mean 0.25, strength 8.
    const drawn = Array.from({ length: 4_000 }, () =>
      draw(random, random.between(1, 60), drawBeta(random, 2, 6)),
    );
    const { mean, strengths } = fitRates(drawn);
    const strength = strengths.reduce((sum, { people, weight }) => sum + people * weight, 0);
    expect(mean).toBeCloseTo(0.25, 1);
    expect(strength).toBeGreaterThan(7);
    expect(strength).toBeLessThan(9.2);
  });

  test('nobody converted: rates are small, not 0, and intervals start near it', () => {
    const none = fitRates([
      { people: 50, converted: 0 },
      { people: 3, converted: 0 },
    ]);
    const shrunk = shrinkRate({ people: 3, converted: 0 }, none);
    expect(shrunk.rate).toBeGreaterThan(0);
    expect(shrunk.rate).toBeLessThan(0.05);
    const { low, high } = rateInterval(shrunk);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeGreaterThan(shrunk.rate);
  });

  test('without any cell anything may be', () => {
    const { rate } = shrinkRate({ people: 0, converted: 0 }, fitRates([]));
    expect(rate).toBeCloseTo(0.5, 10);
  });

  test('of everybody it is that of Jeffreys', () => {
    const { rate, variance } = rateAlone({ people: 9, converted: 2 });
    // Beta(2.5, 7.5)
    expect(rate).toBeCloseTo(0.25, 12);
    expect(variance).toBeCloseTo((2.5 * 7.5) / (100 * 11), 12);
  });
});

describe('differences', () => {
  test('the classical example of a meta-analysis comes out as by hand', () => {
    const cells = [
      { difference: 0.1, variance: 0.01 },
      { difference: 0.5, variance: 0.02 },
      { difference: 0.9, variance: 0.02 },
    ];
    // w = 100, 50, 50; m = 0.4; Q = 9 + 0.5 + 12.5 = 22; t² = 20 / (200 - 15000 / 200) = 0.16
    const prior = fitDifferences(cells);
    expect(prior?.between).toBeCloseTo(0.16, 12);
    const weights = [1 / 0.17, 1 / 0.18, 1 / 0.18];
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const mean =
      ((weights[0] ?? 0) * 0.1 + (weights[1] ?? 0) * 0.5 + (weights[2] ?? 0) * 0.9) / sum;
    expect(prior?.mean).toBeCloseTo(mean, 12);
    expect(prior?.meanVariance).toBeCloseTo(1 / sum, 12);
  });

  const prior = fitDifferences(
    [0.01, 0.05, -0.02, 0.08, 0.03, 0.1].map((difference) => ({ difference, variance: 1e-4 })),
  );

  test('one that is known for sure stays, one that was not measured has the mean', () => {
    expect(prior).toBeDefined();
    if (prior !== undefined) {
      const sure = shrinkDifference({ difference: 0.3, variance: 1e-12 }, prior);
      expect(sure.difference).toBeCloseTo(0.3, 6);
      expect(sure.interval.high - sure.interval.low).toBeLessThan(1e-4);
      const vague = shrinkDifference({ difference: 0.3, variance: 1e9 }, prior);
      expect(vague.difference).toBeCloseTo(prior.mean, 6);
      expect(shrinkDifference(undefined, prior).difference).toBe(prior.mean);
    }
  });

  test('of no cell there is nothing to say', () => {
    expect(fitDifferences([])).toBeUndefined();
  });
});

/*
 * Of many cells drawn anew, nine in ten intervals hold the truth. Where cells do not differ at all they may
 * hold it more often: that they do not is learnt from the data, too.
 */
describe('intervals of 90 %', () => {
  const RUNS = 150;
  const CELLS = 60;

  function coverageOfRates(seed: number, rateOf: (random: SeededRandom) => number): number {
    const random = new SeededRandom(seed);
    let covered = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const truths = Array.from({ length: CELLS }, () => rateOf(random));
      const cells = truths.map((rate) => draw(random, sizeOf(random), rate));
      const prior = fitRates(cells);
      truths.forEach((rate, index) => {
        const cell = cells[index] ?? { people: 0, converted: 0 };
        covered += within(rateInterval(shrinkRate(cell, prior)), rate) ? 1 : 0;
      });
    }
    return covered / (RUNS * CELLS);
  }

  test.each([
    { name: 'rates that differ much', rateOf: (random: SeededRandom) => drawBeta(random, 2, 10) },
    {
      name: 'rates that differ a little',
      rateOf: (random: SeededRandom) => drawBeta(random, 20, 180),
    },
  ])('hold the truth of $name nine times in ten', ({ rateOf }) => {
    const coverage = coverageOfRates(21, rateOf);
    expect(coverage).toBeGreaterThan(0.88);
    expect(coverage).toBeLessThan(0.93);
  });

  test('hold the truth of rates that do not differ at least as often', () => {
    expect(coverageOfRates(22, () => 0.1)).toBeGreaterThan(0.9);
  });

  function coverageOfDifferences(seed: number, spread: number): number {
    const random = new SeededRandom(seed);
    let covered = 0;
    let measured = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const cells = Array.from({ length: CELLS }, () => {
        const truth = 0.02 + spread * drawNormal(random);
        const size = 5 * sizeOf(random);
        const shown = draw(random, size, 0.2 + truth);
        const withheld = draw(random, size, 0.2);
        return { truth, shown, withheld };
      });
      const shownPrior = fitRates(cells.map(({ shown }) => shown));
      const withheldPrior = fitRates(cells.map(({ withheld }) => withheld));
      const variance = (cell: Proportion, rate: number) => (rate * (1 - rate)) / cell.people;
      const differences = cells.map(
        ({ shown, withheld }): Difference => ({
          difference: shown.converted / shown.people - withheld.converted / withheld.people,
          variance:
            variance(shown, shrinkRate(shown, shownPrior).rate) +
            variance(withheld, shrinkRate(withheld, withheldPrior).rate),
        }),
      );
      const prior = fitDifferences(differences);
      cells.forEach(({ truth }, index) => {
        if (prior !== undefined) {
          measured += 1;
          covered += within(shrinkDifference(differences[index], prior).interval, truth) ? 1 : 0;
        }
      });
    }
    return covered / measured;
  }

  test('hold the truth of an effect that differs from cell to cell nine times in ten', () => {
    const coverage = coverageOfDifferences(31, 0.05);
    expect(coverage).toBeGreaterThan(0.88);
    expect(coverage).toBeLessThan(0.93);
  });

  test('hold an effect that is the same everywhere at least as often', () => {
    expect(coverageOfDifferences(32, 0)).toBeGreaterThan(0.88);
  });
});

/** From a few people to some hundreds. */
function sizeOf(random: SeededRandom): number {
  return Math.ceil(3 * Math.exp(5 * random.next()));
}

function draw(random: SeededRandom, people: number, rate: number): Proportion {
  let converted = 0;
  for (let person = 0; person < people; person += 1) {
    converted += random.chance(rate) ? 1 : 0;
  }
  return { people, converted };
}

function drawNormal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** For whole numbers a and b: the a-th smallest of a + b - 1 uniform draws. */
function drawBeta(random: SeededRandom, a: number, b: number): number {
  const draws = Array.from({ length: a + b - 1 }, () => random.next()).sort((x, y) => x - y);
  return draws[a - 1] ?? 0;
}
