import type { Attribute } from '@tenth/model/attribute.ts';
import type { AffinityDimension } from '@tenth/model/measure.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import {
  AFFINITY_HALF_LIFE_MS,
  AFFINITY_STEPS,
  affinityScore,
  timeOfScore,
} from '../reduce/affinity.ts';
import { earlier } from './next-change.ts';

/** Interest beyond this says no more. */
const MOST_SCORE = 20;

interface Evidence {
  readonly dimension: AffinityDimension;
  readonly key: string;
  /** Logarithm of each value's likelihood, in the order of the values. */
  readonly logs: readonly number[];
  /** The furthest that two of them are apart. */
  readonly spread: number;
}

/** Naive Bayes over interest: how likely each value of an attribute is, by what a person looks at. */
export interface NaiveBayes {
  readonly evidence: readonly Evidence[];
  /** Logarithm of each value's prior, scaled to sum to 1. */
  readonly priors: readonly number[];
}

export function compileNaiveBayes({ values, evidence }: Attribute): NaiveBayes {
  const total = values.reduce((sum, { prior }) => sum + prior, 0);
  return {
    priors: values.map(({ prior }) => Math.log(prior / total)),
    evidence: evidence.map(({ dimension, key, likelihoods }) => {
      const logs = values.map(({ id }) => Math.log(likelihoods[id] ?? 0.5 / values.length));
      return {
        dimension,
        key: key.toLowerCase(),
        logs,
        spread: Math.max(...logs) - Math.min(...logs),
      };
    }),
  };
}

/** Probability of each value at a moment, unrounded, in the order of the values; their sum is 1. */
export function probabilities(
  { evidence, priors }: NaiveBayes,
  affinities: Profile['affinities'],
  at: EpochMs,
): readonly number[] {
  const logits = priors.slice();
  for (const { dimension, key, logs } of evidence) {
    const score = scoreAt(affinities, dimension, key, at);
    if (score > 0) {
      logs.forEach((log, index) => {
        logits[index] = (logits[index] ?? 0) + score * log;
      });
    }
  }
  const greatest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - greatest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * For how many ms from `at` on every probability stays within `room` of what it is: at least 1, and
 * Infinity where nothing fades.
 *
 * A probability moves by at most a quarter of what the logits move apart, and these move as the scores
 * fade, which is fastest now. Scores are rounded to millionths, which can move them that much further.
 */
export function steadyFor(
  { evidence }: NaiveBayes,
  affinities: Profile['affinities'],
  at: EpochMs,
  room: number,
): number {
  let speed = 0;
  let rounding = 0;
  let next: EpochMs | undefined;
  for (const { dimension, key, spread } of evidence) {
    const score = scoreAt(affinities, dimension, key, at);
    if (score > 0) {
      speed += (((score + 1e-6) * Math.LN2) / AFFINITY_HALF_LIFE_MS) * spread * 0.25;
      rounding += 1e-6 * spread * 0.25;
      next = earlier(next, nextStep(affinities, dimension, key, at));
    }
  }
  const untilAnyStep = next === undefined ? Number.POSITIVE_INFINITY : next - at;
  const smooth = speed === 0 ? Number.POSITIVE_INFINITY : Math.floor((room - rounding) / speed);
  return Math.max(1, untilAnyStep, smooth);
}

/** When a score's last digit changes next, at the earliest. */
function nextStep(
  affinities: Profile['affinities'],
  dimension: AffinityDimension,
  key: string,
  at: EpochMs,
): EpochMs {
  const steps = Math.round(scoreAt(affinities, dimension, key, at) * AFFINITY_STEPS);
  return Math.max(at + 1, Math.floor(timeOfScore(affinities, dimension, key, steps)) - 1);
}

function scoreAt(
  affinities: Profile['affinities'],
  dimension: AffinityDimension,
  key: string,
  at: EpochMs,
): number {
  return Math.min(MOST_SCORE, affinityScore(affinities, dimension, key, at) ?? 0);
}
