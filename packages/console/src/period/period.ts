import type { Period } from '@tenth/model/report.ts';

export const presets = ['today', 'last7', 'last30', 'last90'] as const;
export type Preset = (typeof presets)[number];

/** What the address says about the period: a preset, or two days, both included. */
export interface PeriodChoice {
  readonly preset: Preset | 'custom';
  /** `2026-03-05`; with `custom` only. */
  readonly from?: string;
  readonly to?: string;
}

const presetDays: Readonly<Record<Preset, number>> = { today: 1, last7: 7, last30: 30, last90: 90 };

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

function isDay(day: string | undefined): day is string {
  return day !== undefined && dayPattern.test(day) && !Number.isNaN(Date.parse(day));
}

/** Reads what stands in the address, where anyone can write anything. */
export function readPeriodChoice(
  search: Readonly<Record<string, unknown>> | PeriodSearch,
): PeriodChoice {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const [from, to] = [text(search.from), text(search.to)];
  if (search.period === 'custom' && isDay(from) && isDay(to) && from <= to) {
    return { preset: 'custom', from, to };
  }
  return { preset: presets.find((preset) => preset === search.period) ?? 'last30' };
}

/** The choice as it stands in an address. */
export interface PeriodSearch {
  readonly period?: Preset | 'custom';
  readonly from?: string;
  readonly to?: string;
}

export function writePeriodChoice({ preset, ...days }: PeriodChoice): PeriodSearch {
  return { period: preset, ...days };
}

export function readPeriodSearch(search: Readonly<Record<string, unknown>>): PeriodSearch {
  return search.period === undefined ? {} : writePeriodChoice(readPeriodChoice(search));
}

/** The calendar day at a moment in a time zone. */
export function dayAt(now: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(now);
}

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The moment at which a day begins in a time zone, also on days that clocks change. */
export function startOfDay(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // The offset can differ between the first guess and the true midnight, so it is taken twice.
  const first = utc - offsetMs(utc, timeZone);
  return utc - offsetMs(first, timeZone);
}

function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}

/** First and last day of a choice, both included, as the workspace's calendar has them. */
export function daysOf(
  choice: PeriodChoice,
  now: number,
  timeZone: string,
): { readonly from: string; readonly to: string } {
  if (choice.preset === 'custom') {
    const today = dayAt(now, timeZone);
    return { from: choice.from ?? today, to: choice.to ?? today };
  }
  const to = dayAt(now, timeZone);
  return { from: addDays(to, 1 - presetDays[choice.preset]), to };
}

/** Whole days of the workspace's time zone, so that the same choice asks the same all day long. */
export function periodOf(choice: PeriodChoice, now: number, timeZone: string): Period {
  const { from, to } = daysOf(choice, now, timeZone);
  return {
    from: new Date(startOfDay(from, timeZone)).toISOString(),
    to: new Date(startOfDay(addDays(to, 1), timeZone)).toISOString(),
  };
}

/**
 * As many days right before. Of a choice that is not over, only as much of them as has passed of it:
 * whole days by the calendar, and the time since midnight, so that a clock change moves neither.
 *
 * @returns `undefined` while nothing of the choice has passed.
 */
export function periodBefore(
  choice: PeriodChoice,
  now: number,
  timeZone: string,
): Period | undefined {
  const { from, to } = daysOf(choice, now, timeZone);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  const startOf = (day: string) => startOfDay(day, timeZone);
  const start = startOf(addDays(from, -days));
  const today = dayAt(now, timeZone);
  const sameDay = addDays(today, -days);
  const end =
    to < today
      ? startOf(from)
      : Math.min(startOf(sameDay) + now - startOf(today), startOf(addDays(sameDay, 1)));
  return start < end
    ? { from: new Date(start).toISOString(), to: new Date(end).toISOString() }
    : undefined;
}
