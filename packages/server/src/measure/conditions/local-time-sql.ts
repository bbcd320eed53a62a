import type { EpochMs } from '@tenth/model/time.ts';
import type { DeviceState } from '../sql/profile-tables.ts';
import type { SqlParams } from '../sql/query.ts';

/** The hour and the weekday of one moment in each of the time zones that people are in. */
export interface LocalTimes {
  readonly zones: readonly string[];
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  /** Of the shop, for everybody else. */
  readonly shop: { readonly hour: number; readonly weekday: number };
}

/** @param zones Names as devices gave them; what is no time zone is left out. */
export function localTimesOf(now: EpochMs, zones: readonly string[], shopZone: string): LocalTimes {
  const known = zones.filter(isTimeZone);
  const times = known.map((zone) => localTime(now, zone));
  return {
    zones: known,
    hours: times.map(({ hour }) => hour),
    weekdays: times.map(({ weekday }) => weekday),
    shop: localTime(now, shopZone),
  };
}

/** Looked up instead of worked out, since ClickHouse takes no time zone from a column. */
export function localTimeSql(
  kind: 'local_hour' | 'local_weekday',
  times: LocalTimes,
  { state, params }: { readonly state: DeviceState; readonly params: SqlParams },
): string {
  const isHour = kind === 'local_hour';
  const shop = isHour ? times.shop.hour : times.shop.weekday;
  if (times.zones.length === 0) {
    return String(shop);
  }
  const values = (isHour ? times.hours : times.weekdays).join(', ');
  return `transform(${state('time_zone')}, ${params.bind('Array(String)', times.zones)}, [${values}], ${shop})`;
}

function localTime(now: EpochMs, timeZone: string): { hour: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hour: 'numeric',
    hourCycle: 'h23',
    weekday: 'short',
  }).formatToParts(now);
  const text = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return {
    hour: Number(text('hour')),
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(text('weekday')) + 1,
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return name !== '';
  } catch {
    return false;
  }
}
