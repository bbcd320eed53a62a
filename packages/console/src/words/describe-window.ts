import { unreachable } from '@tenth/model/brand.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { Window } from '@tenth/model/window.ts';
import { describeEvent } from './describe-event.ts';
import { formatWritten } from './format-time.ts';

export function describeWindow(window: Window, locale: Locale): string {
  const isKorean = locale === 'ko';
  switch (window.kind) {
    case 'session':
      return isKorean ? '이번 방문에서' : 'in this visit';
    case 'ever':
      return isKorean ? '지금까지' : 'ever';
    case 'last_minutes':
      return lately(window.minutes, 'minute', locale);
    case 'last_hours':
      return lately(window.hours, 'hour', locale);
    case 'last_days':
      return lately(window.days, 'day', locale);
    case 'between': {
      const from = formatWritten(window.from, locale);
      const to = formatWritten(window.to, locale);
      return isKorean ? `${from}부터 ${to} 전까지` : `from ${from} to before ${to}`;
    }
    case 'since_event': {
      const event = describeEvent(window.event, locale);
      return isKorean ? `마지막 ${event} 이후` : `since the last ${event}`;
    }
    default:
      return unreachable(window);
  }
}

const units = {
  ko: { minute: '분', hour: '시간', day: '일' },
  en: { minute: 'minute', hour: 'hour', day: 'day' },
} as const;
type Unit = keyof (typeof units)['en'];

function countOf(count: number, unit: Unit, locale: Locale): string {
  if (locale === 'ko') {
    return `${count}${units.ko[unit]}`;
  }
  return count === 1 ? `1 ${units.en[unit]}` : `${count} ${units.en[unit]}s`;
}

function lately(count: number, unit: Unit, locale: Locale): string {
  if (locale === 'ko') {
    return `최근 ${countOf(count, unit, locale)} 동안`;
  }
  return `in the last ${count === 1 ? unit : countOf(count, unit, locale)}`;
}

/** In the largest unit that leaves nothing over: 1440 minutes read as a day. */
export function describeMinutes(minutes: number, locale: Locale): string {
  if (minutes % 1_440 === 0) {
    return countOf(minutes / 1_440, 'day', locale);
  }
  return minutes % 60 === 0
    ? countOf(minutes / 60, 'hour', locale)
    : countOf(minutes, 'minute', locale);
}
