import { type Locale, type LocalizedText, pickText } from '@tenth/model/locale.ts';
import { useMemo } from 'react';
import { useLocale } from '../messages/locale-provider.tsx';
import {
  formatAgo,
  formatAxisDay,
  formatClock,
  formatDay,
  formatMoment,
} from '../words/format-time.ts';
import {
  formatChange,
  formatCount,
  formatMinor,
  formatPoints,
  formatPValue,
  formatShare,
} from '../words/format-value.ts';
import { useWorkspace } from './workspace-context.tsx';

export interface Formats {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly count: (value: number) => string;
  readonly share: (share: number, digits?: number) => string;
  readonly change: (share: number) => string;
  readonly points: (difference: number) => string;
  readonly pValue: (value: number) => string;
  readonly money: (amountMinor: number, currency: string) => string;
  readonly moment: (iso: string) => string;
  readonly clock: (iso: string) => string;
  readonly day: (iso: string) => string;
  readonly axisDay: (day: string) => string;
  readonly ago: (iso: string) => string;
  readonly text: (text: LocalizedText) => string;
}

/** Numbers, times and texts as this reader and this workspace write them. */
export function useFormat(): Formats {
  const locale = useLocale();
  const { timeZone, locale: fallback } = useWorkspace().settings;
  return useMemo(
    () => ({
      locale,
      timeZone,
      count: (value) => formatCount(value, locale),
      share: (share, digits) => formatShare(share, locale, digits),
      change: (share) => formatChange(share, locale),
      points: (difference) => formatPoints(difference, locale),
      pValue: (value) => formatPValue(value, locale),
      money: (amountMinor, currency) => formatMinor(amountMinor, currency, locale),
      moment: (iso) => formatMoment(iso, locale, timeZone),
      clock: (iso) => formatClock(iso, locale, timeZone),
      day: (iso) => formatDay(iso, locale, timeZone),
      axisDay: (day) => formatAxisDay(day, locale),
      ago: (iso) => formatAgo(iso, Date.now(), { locale, timeZone }),
      text: (text) => pickText(text, locale, fallback),
    }),
    [locale, timeZone, fallback],
  );
}
