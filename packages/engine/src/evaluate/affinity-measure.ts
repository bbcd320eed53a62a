import type { NumberMeasure } from '@tenth/model/measure.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { AFFINITY_STEPS, affinityScore, affinityShare, timeOfScore } from '../reduce/affinity.ts';
import type { CompiledMeasure } from './compiled-measure.ts';
import { affinityInput } from './inputs.ts';
import { earlier } from './next-change.ts';

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
        nextChange: ({ profile: { affinities }, now }, { sort, cuts }) => {
          let next: EpochMs | undefined;
          for (const cut of cuts) {
            const first = Math.max(1, Math.round(cut * AFFINITY_STEPS) - 1);
            // Nobody's score comes near a figure at which whole numbers cannot be told apart.
            const last = Number.isSafeInteger(first + 3) ? first + 3 : 0;
            for (let steps = first; steps <= last; steps += 1) {
              if (sort(steps / AFFINITY_STEPS) !== sort((steps - 1) / AFFINITY_STEPS)) {
                const passed = timeOfScore(affinities, dimension, key, steps);
                // It may still be ahead of now where arithmetic has it behind.
                if (passed > now - 2) {
                  next = earlier(next, Math.max(now + 1, Math.floor(passed) - 1));
                }
              }
            }
          }
          return next;
        },
      };
}
