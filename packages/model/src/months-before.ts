import type { EpochMs } from './time.ts';

/**
 * The start of the day, UTC, so many months before a moment. Of a day that the month does not have, the
 * month's last one. Pure.
 */
export function monthsBefore(at: EpochMs, months: number): EpochMs {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay));
}
