import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';

/** Days since 1970-01-01, as the calendar of a time zone has them. */
export type LocalDay = number;

/** The clock and the calendar of one time zone, at a fixed cost a reading. */
export interface LocalClock {
  /** IANA name. */
  readonly timeZone: string;
  /** How far the clock is ahead of UTC, in ms. */
  offsetAt(at: EpochMs): number;
  dayOf(at: EpochMs): LocalDay;
  /** 0 to 23. */
  hourOf(at: EpochMs): number;
  /**
   * The earliest moment after `now` at which `day` is reached. Too early on a day on which the clocks are
   * put forward or back, when a day can begin twice.
   *
   * @param day After the day of `now`.
   */
  reaches(day: LocalDay, now: EpochMs): EpochMs;
  /** Whether clocks are put back within a day, so that it can become yesterday once more. */
  goesBack(now: EpochMs): boolean;
  /** The earliest moment after `now` at which `differs` holds for the hour; undefined within two days. */
  nextHour(now: EpochMs, differs: (hour: number) => boolean): EpochMs | undefined;
}

/** Everywhere since 1972 clocks are put forward or back at a quarter of an hour of UTC. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Days whose offset is remembered a zone, and quarters of the days on which it changes. Powers of two. */
const DAYS_KEPT = 512;
const QUARTERS_KEPT = 256;
/** Time zones remembered; the names come from clients. The whole world has some 600. */
const MOST_ZONES = 1_000;
/** No zone is further from UTC. */
const FURTHEST_MS = 15 * HOUR_MS;
/** A day and the most that clocks are put back. */
const AHEAD_MS = DAY_MS + 2 * HOUR_MS;

const clocks = new Map<string, LocalClock | undefined>();

/** The clock of a time zone; undefined where there is none of that name. */
export function localClock(timeZone: string): LocalClock | undefined {
  const known = clocks.get(timeZone);
  if (known !== undefined || clocks.has(timeZone)) {
    return known;
  }
  if (clocks.size >= MOST_ZONES) {
    clocks.clear();
  }
  const clock = createClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** @throws {RangeError} There is no such time zone. */
export function localDay(at: EpochMs, timeZone: string): LocalDay {
  const clock = localClock(timeZone);
  if (clock === undefined) {
    throw new RangeError(`no time zone ${timeZone}`);
  }
  return clock.dayOf(at);
}

/** Monday 1 to Sunday 7. 1970-01-01 was a Thursday. */
export function weekdayOf(day: LocalDay): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function createClock(timeZone: string): LocalClock | undefined {
  const format = formatOf(timeZone);
  if (format === undefined) {
    return undefined;
  }
  const atMidnight = remembered(DAY_MS, DAYS_KEPT, format);
  const atQuarter = remembered(QUARTER_MS, QUARTERS_KEPT, format);
  // The last day asked for on which the clocks did not change: of events that come, nearly all are of it.
  let steadyDay = Number.NaN;
  let steadyOffset = 0;
  const offsetAt = (at: EpochMs): number => {
    const day = Math.floor(at / DAY_MS);
    if (day === steadyDay) {
      return steadyOffset;
    }
    const offset = atMidnight(day);
    // Nowhere are clocks put forward and back again within a day.
    if (offset !== atMidnight(day + 1)) {
      return atQuarter(Math.floor(at / QUARTER_MS));
    }
    steadyDay = day;
    steadyOffset = offset;
    return offset;
  };
  const dayOf = (at: EpochMs) => Math.floor((at + offsetAt(at)) / DAY_MS);
  const hourOf = (at: EpochMs) => {
    const local = at + offsetAt(at);
    return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / HOUR_MS);
  };
  const nextQuarter = (at: EpochMs) => (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS;
  return {
    timeZone,
    offsetAt,
    dayOf,
    hourOf,
    reaches: (day, now) => {
      const offset = offsetAt(now);
      if (offset !== offsetAt(now + AHEAD_MS)) {
        // The clocks change within a day: the next moment at which it is another day, either way.
        const today = dayOf(now);
        let at = nextQuarter(now);
        while (dayOf(at) === today) {
          at += QUARTER_MS;
        }
        return at;
      }
      const earliest = day * DAY_MS - FURTHEST_MS;
      const before = offsetAt(earliest);
      const midnight = day * DAY_MS - before;
      if (before === offsetAt(day * DAY_MS + FURTHEST_MS)) {
        return Math.max(midnight, now + 1);
      }
      let at = nextQuarter(Math.max(earliest, now));
      while (dayOf(at) < day) {
        at += QUARTER_MS;
      }
      return at;
    },
    goesBack: (now) => offsetAt(now) > offsetAt(now + AHEAD_MS),
    nextHour: (now, differs) => {
      const until = now + 2 * DAY_MS;
      for (let at = nextQuarter(now); at < until; at += QUARTER_MS) {
        if (differs(hourOf(at))) {
          return at;
        }
      }
      return undefined;
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    return undefined;
  }
}

/** The offset at the start of each piece of UTC time, by the last bits of the piece's number. */
function remembered(
  pieceMs: number,
  kept: number,
  format: Intl.DateTimeFormat,
): (piece: number) => number {
  const pieces = new Float64Array(kept).fill(Number.NaN);
  const offsets = new Int32Array(kept);
  return (piece) => {
    const slot = piece & (kept - 1);
    if (pieces[slot] !== piece) {
      offsets[slot] = readOffset(format, piece * pieceMs);
      pieces[slot] = piece;
    }
    return offsets[slot] ?? 0;
  };
}

/** Local time less UTC, in ms. */
function readOffset(format: Intl.DateTimeFormat, at: EpochMs): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) {
    parts[type] = Number(value);
  }
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}
