import { DAY_MS } from '@tenth/model/time.ts';
import type { LocalDay } from '../local-time.ts';

/**
 * Days from today until a date's month and day come round, 0 where they do today. The 29th of February
 * comes round on the 28th in years without one.
 *
 * @param date A valid date; its first ten characters are read.
 */
export function daysUntilAnniversary(date: string, today: LocalDay): number {
  const month = Number(date.slice(5, 7)) - 1;
  const day = Number(date.slice(8, 10));
  const year = new Date(today * DAY_MS).getUTCFullYear();
  const thisYear = anniversaryIn(year, month, day);
  return (thisYear >= today ? thisYear : anniversaryIn(year + 1, month, day)) - today;
}

function anniversaryIn(year: number, month: number, day: number): LocalDay {
  const found = Date.UTC(year, month, day);
  const isMissing = new Date(found).getUTCMonth() !== month;
  return found / DAY_MS - (isMissing ? 1 : 0);
}
