import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localClock, localDay, weekdayOf } from './local-time.ts';

const zones = [
  'Asia/Seoul',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Cairo',
  'Pacific/Apia',
  'UTC',
];
/** From 1973 to 2099. */
const times = fc.integer({ min: 3 * 365 * DAY_MS, max: 129 * 365 * DAY_MS });

function clockOf(timeZone: string) {
  const clock = localClock(timeZone);
  if (clock === undefined) {
    throw new Error(`no ${timeZone}`);
  }
  return clock;
}

/** The same once more, from the calendar's own words. */
function inWords(at: number, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    weekday: 'short',
  }).formatToParts(at);
  const text = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return {
    day: Date.parse(`${text('year')}-${text('month')}-${text('day')}`) / DAY_MS,
    hour: Number(text('hour')),
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(text('weekday')) + 1,
  };
}

describe.each(zones)('%s', (timeZone) => {
  const clock = clockOf(timeZone);

  test('has the days, hours and weekdays of the calendar', () => {
    fc.assert(
      fc.property(times, (at) => {
        const { day, hour, weekday } = inWords(at, timeZone);
        expect(localDay(at, timeZone)).toBe(day);
        expect(clock.hourOf(at)).toBe(hour);
        expect(weekdayOf(day)).toBe(weekday);
      }),
      { numRuns: 100 },
    );
  });

  test('reaches a day no sooner than it is said to', () => {
    // Every hour of a year, so that all changes of the clocks are among them.
    const start = Date.UTC(2026, 0, 1, 0, 15);
    const wrong: string[] = [];
    for (let now = start; now < start + 365 * DAY_MS; now += HOUR_MS) {
      const today = clock.dayOf(now);
      const tomorrow = clock.reaches(today + 1, now);
      const week = clock.reaches(today + 7, now);
      const isRight =
        tomorrow > now &&
        clock.dayOf(tomorrow - 1) === today &&
        clock.dayOf(tomorrow) !== today &&
        clock.dayOf(week - 1) < today + 7 &&
        // Too early only on days on which the clocks change.
        (week <= now + 2 * DAY_MS || clock.dayOf(week) === today + 7);
      if (!isRight) {
        wrong.push(new Date(now).toISOString());
      }
    }
    expect(wrong).toEqual([]);
  });

  test('finds the next moment of an hour', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 23 }), (now, wanted) => {
        const found = clock.nextHour(now, (hour) => hour === wanted);
        for (let at = now + MINUTE_MS; at < now + 30 * HOUR_MS; at += 7 * MINUTE_MS) {
          const isBefore = at < (found ?? Number.POSITIVE_INFINITY);
          const isSameHour = Math.floor(at / HOUR_MS) === Math.floor(now / HOUR_MS);
          if (isBefore && !isSameHour && clock.hourOf(now) !== wanted) {
            expect(clock.hourOf(at)).not.toBe(wanted);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('there is no clock of a zone that is none', () => {
  expect(localClock('Mars/Olympus')).toBeUndefined();
  expect(localClock('')).toBeUndefined();
  expect(() => localDay(0, 'Mars/Olympus')).toThrow(RangeError);
});

test('a thousand names of zones that are none do not fill the memory', () => {
  for (let name = 0; name < 3_000; name += 1) {
    expect(localClock(`Nowhere/${name}`)).toBeUndefined();
  }
  expect(localDay(Date.UTC(2026, 2, 1, 15), 'Asia/Seoul')).toBe(Date.UTC(2026, 2, 2) / DAY_MS);
});
