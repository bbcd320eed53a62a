import type { NumberMeasure } from '@tenth/model/measure.ts';
import { affinityScore, affinityShare, timesOfScore } from '../reduce/affinity.ts';
import { affinityInput } from './inputs.ts';
import type { CompiledMeasure } from './measure.ts';
import { firstDifference } from './next-change.ts';

export function affinityMeasure({
  dimension,
  key: given,
  measure,
}: Extract<NumberMeasure, { kind: 'affinity' }>): CompiledMeasure {
  const key = given.toLowerCase();
  const common = {
    text: `affinity ${measure} of ${dimension} ${key}`,
    inputs: affinityInput(dimension, key),
    leaves: 1,
    levels: 1,
  };
  return measure === 'share'
    ? {
        ...common,
        read: ({ profile }) => affinityShare(profile.affinities, dimension, key),
        nextChange: undefined,
      }
    : {
        ...common,
        read: ({ profile, now }) => affinityScore(profile.affinities, dimension, key, now),
        nextChange: ({ profile: { affinities }, now }, { sort, cuts }) =>
          firstDifference(
            now,
            cuts.flatMap((cut) => timesOfScore(affinities, dimension, key, cut)),
            (at) => sort(affinityScore(affinities, dimension, key, at)),
          ),
      };
}
