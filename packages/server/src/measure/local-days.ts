import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';

/**
 * The calendar days, as the shop's clock has them, that a stretch of time [from, to) touches.
 *
 * @param timeZone IANA name.
 * @returns `2026-08-01`, in order.
 */
export function localDays(fromMs: EpochMs, toMs: EpochMs, timeZone: string): readonly string[] {
  if (toMs <= fromMs) {
    return [];
  }
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const last = format.format(toMs - 1);
  const days: string[] = [];
  // Stepping over UTC midnights of the named days, since a local day may have 23 or 25 hours.
  for (
    let day = Date.parse(`${format.format(fromMs)}T00:00:00Z`);
    day <= Date.parse(`${last}T00:00:00Z`);
    day += DAY_MS
  ) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}
