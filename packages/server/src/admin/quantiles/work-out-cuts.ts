import type { Figures } from './ports.ts';

/** Where a level ends, and the share of people in it. */
export interface Cut {
  /** Undefined for the last level. */
  readonly below: number | undefined;
  readonly reached: number;
}

/** How finely the figures are looked at where people share one: half a percent. */
const STEPS = 200;
/** Means of the same amounts in another order differ by less. */
const SAME = 1e-14;

/** A figure at which a level may end, and the share of people below it. */
interface Boundary {
  readonly below: number;
  readonly share: number;
}

/**
 * Cuts that come nearest to the wanted shares, ascending strictly. People with the same figure stay in
 * one level, and no level is empty while there are figures enough: of 60 % who never bought, the first
 * of four quarters takes all, and the others share the rest alike. Where there are fewer figures than
 * levels, some levels reach 0.
 *
 * @param shares Wanted of each level; scaled to sum to 1.
 * @returns undefined where nobody has a figure.
 */
export function workOutCuts(
  shares: readonly number[],
  figures: Figures,
): readonly Cut[] | undefined {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const wanted = shares.map((share) => share / total);
  const ends = wanted.map((_, level) =>
    wanted.slice(0, level + 1).reduce((sum, one) => sum + one, 0),
  );
  const asked = [
    ...new Set([
      ...Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS),
      ...ends.slice(0, -1),
    ]),
  ].sort((left, right) => left - right);
  const values = figures.quantiles(asked);
  const [least] = values;
  if (least === undefined || values.length !== asked.length || !values.every(Number.isFinite)) {
    return undefined;
  }
  const boundaries = boundariesOf(asked, values);
  return toCuts(nearest(wanted, boundaries), boundaries, least);
}

function boundariesOf(asked: readonly number[], values: readonly number[]): readonly Boundary[] {
  const boundaries: Boundary[] = [];
  let last = values[0] ?? 0;
  for (const [index, below] of values.entries()) {
    if (below - last > SAME * Math.max(1, Math.abs(below))) {
      boundaries.push({ below, share: asked[index] ?? 1 });
      last = below;
    }
  }
  return boundaries;
}

/**
 * Which boundary each cut takes, counted from 1, the top of all figures being one more than there are:
 * least squares of what each level lacks or has too much.
 */
function nearest(wanted: readonly number[], boundaries: readonly Boundary[]): readonly number[] {
  const top = boundaries.length + 1;
  const shareAt = (place: number): number =>
    place === 0 ? 0 : (boundaries[place - 1]?.share ?? 1);
  const cuts = wanted.length - 1;
  const isEnough = boundaries.length >= cuts;
  // Too few boundaries: each is taken, and some twice or more.
  const mayFollow = (place: number, before: number): boolean =>
    isEnough ? place > before && place < top : place === before || place === before + 1;

  /** By place: the least cost of the cuts so far, the last of them there, and where they are. */
  let best = new Map<number, { readonly cost: number; readonly places: readonly number[] }>([
    [0, { cost: 0, places: [] }],
  ]);
  for (const share of wanted.slice(0, -1)) {
    const next: typeof best = new Map();
    for (let place = 1; place <= top; place += 1) {
      for (const [before, { cost, places }] of best) {
        const sum = cost + (shareAt(place) - shareAt(before) - share) ** 2;
        if (mayFollow(place, before) && sum < (next.get(place)?.cost ?? Number.POSITIVE_INFINITY)) {
          next.set(place, { cost: sum, places: [...places, place] });
        }
      }
    }
    best = next;
  }
  const lastShare = wanted.at(-1) ?? 0;
  const finished = [...best]
    .filter(([place]) => isEnough || place >= boundaries.length)
    .map(([place, { cost, places }]) => ({
      cost: cost + (1 - shareAt(place) - lastShare) ** 2,
      places,
    }));
  return finished.reduce((left, right) => (right.cost < left.cost ? right : left)).places;
}

/** Cuts that take the same boundary lie between it and the figure before, where nobody is; the last on it. */
function toCuts(
  places: readonly number[],
  boundaries: readonly Boundary[],
  least: number,
): readonly Cut[] {
  let reachedBefore = 0;
  const cuts = places.map((place, index): Cut => {
    const after = boundaries[place - 2]?.below ?? least;
    const boundary = boundaries[place - 1];
    const alike = places.filter((other) => other === place).length;
    const order = places.slice(0, index + 1).filter((other) => other === place).length;
    const share = boundary?.share ?? 1;
    const reached = rounded(share - reachedBefore);
    reachedBefore = share;
    return { below: pointWithin(after, boundary?.below, order, alike), reached };
  });
  return [...cuts, { below: undefined, reached: rounded(1 - reachedBefore) }];
}

function pointWithin(after: number, until: number | undefined, order: number, of: number): number {
  if (until === undefined) {
    return after + order;
  }
  return order === of ? until : after + ((until - after) * order) / of;
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
