import { commerce, type SiteEvent } from '@tenth/model/event.ts';
import { isJsonObject, type JsonObject } from '@tenth/model/json.ts';
import type { AffinityDimension } from '@tenth/model/measure.ts';
import type { Affinity, Profile } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import { text } from './cart.ts';

const HALF_LIFE_MS = 30 * DAY_MS;
/** Forward decay counts from here; doubles reach 2^1023, which is 84 years of half-lives later. */
const LANDMARK = Date.UTC(2020, 0, 1);
/** Keys kept a dimension. Past it the weakest goes, and a merge is exact only below it. */
const MOST_KEYS = 48;

const weights: Readonly<Record<string, number>> = {
  [commerce.productViewed]: 1,
  [commerce.addedToWishlist]: 2,
  [commerce.productAdded]: 3,
  [commerce.orderCompleted]: 5,
};

export const affinityEvents: readonly string[] = Object.keys(weights);

type Affinities = Profile['affinities'];

/** Adds what a product event says of the person's interest in its category (and all above it) and brand. */
export function reduceAffinities(affinities: Affinities, event: SiteEvent): Affinities {
  const weight = event.type === 'track' ? weights[event.name] : undefined;
  if (weight === undefined) {
    return affinities;
  }
  const { products } = event.properties;
  const list = Array.isArray(products) ? products.filter(isJsonObject) : [event.properties];
  const added = weight * grown(event.at);
  let changed = affinities;
  for (const product of list) {
    changed = withProduct(changed, product, added);
  }
  return changed;
}

/** What one event adds, undecayed: `category:men`, and `category:` for the dimension's total. */
export interface Interests {
  readonly keys: readonly string[];
  readonly weight: number;
}

/** What {@link reduceAffinities} would add for an event, for the log; undefined where it is nothing. */
export function interestsOf(event: SiteEvent): Interests | undefined {
  const weight = event.type === 'track' ? weights[event.name] : undefined;
  if (weight === undefined) {
    return undefined;
  }
  const { products } = event.properties;
  const list = Array.isArray(products) ? products.filter(isJsonObject) : [event.properties];
  const keys = list.flatMap((product) => {
    const category = text(product['category']);
    const brand = text(product['brand']);
    return [
      ...(category === ''
        ? []
        : ['category:', ...ancestry(category).map((key) => `category:${key}`)]),
      ...(brand === '' ? [] : ['brand:', `brand:${brand.toLowerCase()}`]),
    ];
  });
  return keys.length === 0 ? undefined : { keys, weight };
}

function withProduct(affinities: Affinities, product: JsonObject, added: number): Affinities {
  let changed = affinities;
  const category = text(product['category']);
  if (category !== '') {
    changed = { ...changed, category: withKeys(changed['category'], ancestry(category), added) };
  }
  const brand = text(product['brand']);
  if (brand !== '') {
    changed = { ...changed, brand: withKeys(changed['brand'], [brand.toLowerCase()], added) };
  }
  return changed;
}

/** `men/shirts` and `Men > Shirts` both count for `men` and `men/shirts`. */
export function ancestry(category: string): readonly string[] {
  const parts = category
    .toLowerCase()
    .split(/[/>]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.slice(0, 6).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function withKeys(
  affinity: Affinity | undefined,
  keys: readonly string[],
  added: number,
): Affinity {
  const weights: Record<string, number> = { ...affinity?.keys };
  for (const key of keys) {
    if (key !== '__proto__') {
      weights[key] = (Object.hasOwn(weights, key) ? (weights[key] ?? 0) : 0) + added;
    }
  }
  return { total: (affinity?.total ?? 0) + added, keys: strongest(weights) };
}

function strongest(weights: Record<string, number>): Record<string, number> {
  const keys = Object.keys(weights);
  if (keys.length <= MOST_KEYS) {
    return weights;
  }
  return Object.fromEntries(
    Object.entries(weights)
      .sort(([leftKey, left], [rightKey, right]) => right - left || (leftKey < rightKey ? -1 : 1))
      .slice(0, MOST_KEYS),
  );
}

export function mergeAffinities(left: Affinities, right: Affinities): Affinities {
  const merged: Record<string, Affinity> = { ...left };
  for (const [dimension, affinity] of Object.entries(right)) {
    const other = merged[dimension];
    merged[dimension] =
      other === undefined
        ? affinity
        : { total: other.total + affinity.total, keys: sums(other.keys, affinity.keys) };
  }
  return merged;
}

function sums(
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
): Record<string, number> {
  const merged: Record<string, number> = { ...left };
  for (const [key, weight] of Object.entries(right)) {
    merged[key] = (Object.hasOwn(merged, key) ? (merged[key] ?? 0) : 0) + weight;
  }
  return strongest(merged);
}

/** Shares and scores are told in millionths, so that all ways to add them up agree. */
const STEPS = 1e6;

function rounded(value: number): number {
  return Math.floor(value * STEPS + 0.5) / STEPS;
}

function weightOf({ keys }: Affinity, key: string): number {
  return (Object.hasOwn(keys, key) ? keys[key] : undefined) ?? 0;
}

/** Part of the dimension's weight that lies on a key, 0 to 1; undefined while nothing is known. */
export function affinityShare(
  affinities: Affinities,
  dimension: AffinityDimension,
  key: string,
): number | undefined {
  const affinity = affinities[dimension];
  return affinity === undefined ? undefined : rounded(weightOf(affinity, key) / affinity.total);
}

/** Weight of a key as of `now`: one view now is 1, one view 30 days ago 0.5. */
export function affinityScore(
  affinities: Affinities,
  dimension: AffinityDimension,
  key: string,
  now: EpochMs,
): number | undefined {
  const affinity = affinities[dimension];
  return affinity === undefined ? undefined : rounded(weightOf(affinity, key) / grown(now));
}

/** Around when a score passes a value on its way down, by the formula: as far as it is rounded, and no further. */
export function timesOfScore(
  affinities: Affinities,
  dimension: AffinityDimension,
  key: string,
  score: number,
): readonly EpochMs[] {
  const affinity = affinities[dimension];
  const weight = affinity === undefined ? 0 : weightOf(affinity, key);
  if (weight === 0) {
    return [];
  }
  const steps = Math.round(score * STEPS);
  return [steps - 1, steps, steps + 1, steps + 2]
    .filter((step) => step >= 1)
    .map((step) => LANDMARK + HALF_LIFE_MS * Math.log2((weight * STEPS) / (step - 0.5)));
}

/** Half of a score is gone after this; it shrinks by `ln 2 / this` of itself each ms. */
export const AFFINITY_HALF_LIFE_MS = HALF_LIFE_MS;

export interface AffinityReading {
  readonly key: string;
  readonly score: number;
  readonly share: number;
}

/** Every key of a dimension, the strongest first. */
export function readAffinity(affinity: Affinity, now: EpochMs): readonly AffinityReading[] {
  return Object.entries(affinity.keys)
    .map(([key, weight]) => ({ key, score: weight / grown(now), share: weight / affinity.total }))
    .sort((left, right) => right.score - left.score);
}

function grown(at: EpochMs): number {
  return 2 ** ((at - LANDMARK) / HALF_LIFE_MS);
}
