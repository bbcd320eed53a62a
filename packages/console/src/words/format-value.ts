import type { Locale } from '@tenth/model/locale.ts';
import { fromMinor } from '@tenth/model/money.ts';

/** 12,345 */
export function formatCount(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

/** A figure that someone set, to its last digit: 0.05 stays what it is. */
export function formatExact(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value);
}

/** 0.1234 becomes 12.3%. */
export function formatShare(share: number, locale: Locale, digits = 1): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: digits,
  }).format(share);
}

/** With a sign, as a change reads: +12.3%, −4%. */
export function formatChange(share: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
    .format(share)
    .replace('-', '−');
}

/** A difference of two shares in percentage points, without the unit: 0.0213 becomes +2.13. */
export function formatPoints(difference: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, {
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  })
    .format(difference * 100)
    .replace('-', '−');
}

/** An amount in units of its currency. Won are written as Koreans read them: 20,000원. */
export function formatAmount(amount: number, currency: string, locale: Locale): string {
  if (currency === 'KRW' && locale === 'ko') {
    return `${new Intl.NumberFormat('ko', { maximumFractionDigits: 0 }).format(amount)}원`;
  }
  if (!/^[A-Z]{3}$/.test(currency)) {
    return formatCount(amount, locale);
  }
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(amount);
}

/** An amount in minor units: 1999 of USD is $19.99. */
export function formatMinor(amountMinor: number, currency: string, locale: Locale): string {
  return formatAmount(fromMinor(amountMinor, currency), currency, locale);
}

/** The smallest p-values are told as a bound, since their last digits mean nothing. */
export function formatPValue(pValue: number, locale: Locale): string {
  if (pValue < 0.001) {
    return '< 0.001';
  }
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(pValue);
}
