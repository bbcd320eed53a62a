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
  const changed = { ...affinities };
  for (const product of list) {
    addProduct(changed, product, added);
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

function addProduct(changed: Record<string, Affinity>, product: JsonObject, added: number): void {
  const category = text(product['category']);
  if (category !== '') {
    changed['category'] = withKeys(changed['category'], ancestry(category), added);
  }
  const brand = text(product['brand']);
  if (brand !== '') {
    changed['brand'] = withKeys(changed['brand'], [brand.toLowerCase()], added);
  }
}

/** Ancestries remembered; categories come from events, and the same few come again and again. */
const MOST_ANCESTRIES = 2_000;
const ancestries = new Map<string, readonly string[]>();

/** `men/shirts` and `Men > Shirts` both count for `men` and `men/shirts`. */
export function ancestry(category: string): readonly string[] {
  let found = ancestries.get(category);
  if (found === undefined) {
    found = readAncestry(category);
    if (ancestries.size >= MOST_ANCESTRIES) {
      ancestries.clear();
    }
    ancestries.set(category, found);
  }
  return found;
}

function readAncestry(category: string): readonly string[] {
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
  let isNew = false;
  for (const key of keys) {
    if (Object.hasOwn(weights, key)) {
      weights[key] = (weights[key] ?? 0) + added;
    } else if (key !== '__proto__') {
      weights[key] = added;
      isNew = true;
    }
  }
  return {
    total: (affinity?.total ?? 0) + added,
    keys: isNew ? strongest(weights) : weights,
  };
}

/** The 48 weightiest keys; of two of one weight the one that sorts first. The weights are the caller's own. */
function strongest(weights: Record<string, number>): Record<string, number> {
  const keys = Object.keys(weights);
  const surplus = keys.length - MOST_KEYS;
  if (surplus <= 0) {
    return weights;
  }
  if (surplus > MOST_OF_A_PRODUCT) {
    return Object.fromEntries(
      Object.entries(weights)
        .sort(([leftKey, left], [rightKey, right]) => right - left || (leftKey < rightKey ? -1 : 1))
        .slice(0, MOST_KEYS),
    );
  }
  for (let gone = 0; gone < surplus; gone += 1) {
    let weakest = '';
    let least = Number.POSITIVE_INFINITY;
    for (const key of keys) {
      const weight = weights[key];
      if (weight !== undefined && (weight < least || (weight === least && key > weakest))) {
        weakest = key;
        least = weight;
      }
    }
    delete weights[weakest];
  }
  return weights;
}

/** Keys that one product adds at most: so few too many are looked for one by one. */
const MOST_OF_A_PRODUCT = 6;

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
export const AFFINITY_STEPS = 1e6;

function rounded(value: number): number {
  return Math.floor(value * AFFINITY_STEPS + 0.5) / AFFINITY_STEPS;
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

/**
 * When a score falls below so many millionths, as far as arithmetic can say: a ms sooner or later. Of a
 * key without weight it does not fall.
 */
export function timeOfScore(
  affinities: Affinities,
  dimension: AffinityDimension,
  key: string,
  steps: number,
): EpochMs {
  const affinity = affinities[dimension];
  const weight = affinity === undefined ? 0 : weightOf(affinity, key);
  return weight === 0
    ? Number.NEGATIVE_INFINITY
    : LANDMARK + HALF_LIFE_MS * Math.log2((weight * AFFINITY_STEPS) / (steps - 0.5));
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
