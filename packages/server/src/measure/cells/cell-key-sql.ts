import { type SqlParams, WORKSPACE } from '../sql/query.ts';
import type { LevelBuild } from './level-build.ts';

/** A variable has at most twelve levels; with 0 for none, a level fits into four bits. */
const LEVELS_A_PLACE = 16;

/** A cell as one number, since numbers are grouped several times as fast as arrays. */
export function cellKeySql(
  { variables }: LevelBuild,
  chosen: readonly string[],
  params: SqlParams,
): string {
  const places = chosen.map((id, index) => {
    const place = params.bind('UInt32', variables.indexOf(id) + 1);
    return `bitShiftLeft(toUInt64(levels[${place}]), ${index * 4})`;
  });
  return `(${places.join(' + ')})`;
}

/** Rows of `person_levels` of one build. */
export function inBuildSql({ build }: LevelBuild, params: SqlParams): string {
  return `${WORKSPACE} AND build = ${params.bind('UInt64', build)}`;
}

/** The number that {@link cellKeySql} gives to people at these places; 0 for no level. */
export function keyOfPlaces(places: readonly number[]): number {
  return places.reduceRight((key, place) => key * LEVELS_A_PLACE + place, 0);
}

/** @param count How many variables were chosen. */
export function placesOfKey(key: number, count: number): readonly number[] {
  // Up to forty bits, so division instead of the shifts of 32-bit numbers.
  return Array.from(
    { length: count },
    (_, index) => Math.floor(key / LEVELS_A_PLACE ** index) % LEVELS_A_PLACE,
  );
}
