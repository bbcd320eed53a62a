import type { Locale } from '@tenth/model/locale.ts';

/** A moment with its date, in the workspace's time zone. */
export function formatMoment(iso: string, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** A moment as someone wrote it, by its own offset: Nov 1, 2026 00:00 (UTC+09:00). */
export function formatWritten(iso: string, locale: Locale): string {
  const [, day, time, seconds = '', offset] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:[\d.]+)?(Z|[+-].+)$/.exec(iso) ?? [];
  if (day === undefined || time === undefined || offset === undefined) {
    return iso;
  }
  const date = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
  const shownSeconds = /^:0+(\.0*)?$/.test(seconds) ? '' : seconds;
  return `${date} ${time}${shownSeconds} (UTC${offset === 'Z' ? '' : offset})`;
}

/** Time of day to the second. */
export function formatClock(iso: string, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

export function formatDay(iso: string, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  }).format(new Date(iso));
}

/** A calendar day of a report, `2026-03-05`, on a chart's axis: 3. 5. / Mar 5. */
export function formatAxisDay(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    month: locale === 'ko' ? 'numeric' : 'short',
    day: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** `3분 전`, `2 days ago`; beyond 30 days the date itself. */
export function formatAgo(
  iso: string,
  now: number,
  where: { readonly locale: Locale; readonly timeZone: string },
): string {
  const passedMs = now - Date.parse(iso);
  if (passedMs > 30 * 86_400_000) {
    return formatDay(iso, where.locale, where.timeZone);
  }
  const relative = new Intl.RelativeTimeFormat(where.locale, { numeric: 'auto' });
  const [unit, unitMs] = steps.find(([, ms]) => passedMs >= ms) ?? (['second', 1_000] as const);
  return relative.format(-Math.max(0, Math.floor(passedMs / unitMs)), unit);
}
