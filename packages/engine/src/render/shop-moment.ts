import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tenth/model/time.ts';
import { localClock } from '../local-time.ts';

/** `2026-11-24`, `2026.11.24 9:30`, `2026/11/24T09:30:15.250`: what says no time zone. */
const WALL_TIME =
  /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?$/;

/**
 * The moment at which clocks at the shop show what a text says; of an hour that they show twice, the first,
 * and of one that they leave out, an hour later.
 *
 * @returns undefined where the text is none of these, or names its time zone.
 */
export function shopMoment(text: string, timeZone: string): EpochMs | undefined {
  const clock = localClock(timeZone);
  const [, year, , month, day, hour = 0, minute = 0, second = 0] = WALL_TIME.exec(text) ?? [];
  if (clock === undefined || year === undefined) {
    return undefined;
  }
  const wall =
    Date.UTC(Number(year), Number(month) - 1, Number(day)) +
    Number(hour) * HOUR_MS +
    Number(minute) * MINUTE_MS +
    Number(second) * SECOND_MS;
  return wall - clock.offsetAt(wall - clock.offsetAt(wall));
}
