import { type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';

const PATTERN =
  /^((?:19|20)\d\d)-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d)))?$/;

/**
 * The moment that a text names: `2026-11-23`, which is midnight UTC, or `2026-11-23T09:30+09:00` with
 * seconds and milliseconds or without. Undefined for anything else, and for days that no calendar has.
 */
export function readDate(text: string): EpochMs | undefined {
  const found = PATTERN.exec(text);
  if (found === null) {
    return undefined;
  }
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', sign, ...offset] =
    found;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(midnight);
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) {
    return undefined;
  }
  const [offsetHours = 0, offsetMinutes = 0] = offset;
  const ahead = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return midnight + seconds * 1_000 + Number(fraction.padEnd(3, '0')) - ahead * MINUTE_MS;
}
