import { unreachable } from '@tenth/model/brand.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import type { Window } from '@tenth/model/window.ts';
import type { SqlParams } from '../sql/query.ts';
import type { Clock } from '../sql/value-test-sql.ts';

/** A window whose bounds are known before the events are looked at. */
export type FixedWindow = Exclude<Window, { kind: 'session' | 'since_event' }>;

/** SQL that holds for moments in the window, in the buckets that profiles keep. */
export function windowSql(
  window: FixedWindow,
  atMs: string,
  clock: Clock,
  params: SqlParams,
): string {
  switch (window.kind) {
    case 'ever':
      return '1';
    case 'between': {
      const from = params.bind('Int64', Date.parse(window.from));
      return `(${atMs} >= ${from} AND ${atMs} < ${params.bind('Int64', Date.parse(window.to))})`;
    }
    case 'last_minutes':
      return buckets(atMs, MINUTE_MS, window.minutes, clock, params);
    case 'last_hours':
      return buckets(atMs, HOUR_MS, window.hours, clock, params);
    case 'last_days':
      return lastDays(atMs, window.days, clock, params);
    default:
      return unreachable(window);
  }
}

/** No earlier moment is in the window; undefined where any may be. */
export function windowSince(window: FixedWindow, { now }: Clock): EpochMs | undefined {
  switch (window.kind) {
    case 'ever':
      return undefined;
    case 'between':
      return Date.parse(window.from);
    case 'last_minutes':
      return (Math.floor(now / MINUTE_MS) - window.minutes) * MINUTE_MS;
    case 'last_hours':
      return (Math.floor(now / HOUR_MS) - window.hours) * HOUR_MS;
    case 'last_days':
      // Today began up to a day ago, and days may be longer where clocks change.
      return now - (window.days + 2) * DAY_MS;
    default:
      return unreachable(window);
  }
}

/** SQL for the shop's calendar day of a moment, as days since 1970. */
export function daySql(atMs: string, { timeZone }: Clock, params: SqlParams): string {
  const zone = params.bind('String', timeZone);
  return `toInt32(toDate(toTimeZone(fromUnixTimestamp64Milli(${atMs}, 'UTC'), ${zone})))`;
}

/** SQL that holds for moments of today and the `back` days before. */
function lastDays(atMs: string, back: number, clock: Clock, params: SqlParams): string {
  const today = daySql(params.bind('Int64', clock.now), clock, params);
  return `(${daySql(atMs, clock, params)} BETWEEN ${today} - ${params.bind('Int64', back)} AND ${today})`;
}

function buckets(
  atMs: string,
  bucketMs: number,
  back: number,
  { now }: Clock,
  params: SqlParams,
): string {
  const current = Math.floor(now / bucketMs);
  const from = params.bind('Int64', current - back);
  return `(intDiv(${atMs}, ${bucketMs}) BETWEEN ${from} AND ${params.bind('Int64', current)})`;
}
