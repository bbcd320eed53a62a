import type { Schedule } from '@tenth/model/campaign.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Failure } from '../evaluate/compile-condition.ts';

/** Why a schedule does not let a campaign run at `now`; undefined while it does. */
export type CompiledSchedule = (now: EpochMs) => Failure | undefined;

/** Compiles start, end, and the hours and weekdays of the workspace's time zone. */
export function compileSchedule(
  schedule: Schedule | undefined,
  timeZone: string,
): CompiledSchedule {
  if (schedule === undefined) {
    return () => undefined;
  }
  const startsAt = schedule.startsAt === undefined ? undefined : Date.parse(schedule.startsAt);
  const endsAt = schedule.endsAt === undefined ? undefined : Date.parse(schedule.endsAt);
  const { hours } = schedule;
  const weekdays = schedule.weekdays === undefined ? undefined : new Set(schedule.weekdays);
  const localTime = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (now) => {
    if (startsAt !== undefined && now < startsAt) {
      return failure('startsAt', `from ${schedule.startsAt}`, now);
    }
    if (endsAt !== undefined && now >= endsAt) {
      return failure('endsAt', `until ${schedule.endsAt}`, now);
    }
    if (hours === undefined && weekdays === undefined) {
      return undefined;
    }
    const { hour, weekday } = localParts(localTime, now);
    if (weekdays !== undefined && !weekdays.has(weekday)) {
      return failure('weekdays', `weekday in ${[...weekdays].join(', ')}`, weekday);
    }
    if (hours !== undefined && !isWithin(hours, hour)) {
      return failure('hours', `hour from ${hours.from} to below ${hours.to}`, hour);
    }
    return undefined;
  };
}

function isWithin({ from, to }: { from: number; to: number }, hour: number): boolean {
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

const weekdayNumbers = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function localParts(format: Intl.DateTimeFormat, now: EpochMs): { hour: number; weekday: number } {
  let hour = 0;
  let weekday = 0;
  for (const { type, value } of format.formatToParts(now)) {
    if (type === 'hour') {
      hour = Number(value);
    } else if (type === 'weekday') {
      weekday = weekdayNumbers.indexOf(value) + 1;
    }
  }
  return { hour, weekday };
}

function failure(field: string, condition: string, saw: number): Failure {
  return { path: `schedule.${field}`, condition, saw };
}
