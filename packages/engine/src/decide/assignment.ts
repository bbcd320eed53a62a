import type { Campaign, Variant } from '@tenth/model/campaign.ts';
import type { Assignment, Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { bucketOf } from '../hash.ts';

export interface Drawn {
  readonly assignment: Assignment;
  readonly variant: Variant;
  /** Chance of this arm and, when shown, of this variant. */
  readonly probability: number;
}

/**
 * A person's arm and variant in a campaign: the one they had before, else drawn by hash. Arm and
 * variant are drawn by different seeds, so that changing the weights moves nobody between arms.
 */
export function assign(profile: Profile, campaign: Campaign, now: EpochMs): Drawn {
  const seed = campaign.salt ?? campaign.id;
  const before = profile.assignments[campaign.id];
  const arm =
    before?.arm ??
    (bucketOf(`${seed}:holdout`, profile.id) < campaign.holdoutShare ? 'holdout' : 'treatment');
  const total = campaign.variants.reduce((sum, { weight }) => sum + weight, 0);
  const variant =
    campaign.variants.find(({ id }) => id === before?.variantId) ??
    drawVariant(campaign.variants, total, () => bucketOf(`${seed}:variant`, profile.id));
  return {
    variant,
    probability:
      arm === 'holdout'
        ? campaign.holdoutShare
        : (1 - campaign.holdoutShare) * (variant.weight / total),
    assignment: {
      arm,
      variantId: variant.id,
      at: before?.at ?? now,
      isCrossedOver: before?.isCrossedOver ?? false,
    },
  };
}

/** @param draw Where the person falls on [0, 1); not asked for where there is no choice. */
function drawVariant(variants: readonly Variant[], total: number, draw: () => number): Variant {
  const [only] = variants;
  if (only !== undefined && variants.length === 1) {
    return only;
  }
  const point = draw() * total;
  let upTo = 0;
  for (const variant of variants) {
    upTo += variant.weight;
    if (point < upTo) {
      return variant;
    }
  }
  const last = variants.at(-1);
  if (last === undefined) {
    throw new Error('a campaign without variants: the schema refuses it');
  }
  return last;
}

/** When two histories meet, the earlier assignment stands; different arms mark the person as crossed over. */
export function mergeAssignments(
  left: Profile['assignments'],
  right: Profile['assignments'],
): Profile['assignments'] {
  const merged: Record<string, Assignment> = { ...left };
  for (const [campaignId, theirs] of Object.entries(right)) {
    const ours = merged[campaignId];
    merged[campaignId] = ours === undefined ? theirs : earlier(ours, theirs);
  }
  return merged;
}

function earlier(left: Assignment, right: Assignment): Assignment {
  const isLeftFirst =
    left.at !== right.at ? left.at < right.at : JSON.stringify(left) <= JSON.stringify(right);
  return {
    ...(isLeftFirst ? left : right),
    isCrossedOver: left.isCrossedOver || right.isCrossedOver || left.arm !== right.arm,
  };
}
