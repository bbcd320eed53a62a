import type { Json } from './json.ts';

const digitsByCurrency = new Map<string, number>();

/** Decimal places of an ISO 4217 currency as CLDR lists them (KRW 0, USD 2); 2 where unknown. */
export function currencyDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) {
    return known;
  }
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2)
    : 2;
  // Currency codes come from events, so a hostile page could otherwise grow this without end.
  if (digitsByCurrency.size < 512) {
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** More than anything costs; some thousands of such still add up exactly, and fit 64 bits. */
const MOST_MINOR = 1e15;

/** 19.99 USD becomes 1999; 20000 KRW stays 20000. */
export function toMinor(amount: number, currency: string): number {
  return wholeMinor(amount * 10 ** currencyDigits(currency));
}

/** The nearest whole number of minor units, within what anything costs: 0.55 kg at 1999 is 1099. */
export function wholeMinor(amountMinor: number): number {
  // No minus zero: the store would give back another.
  return Math.round(Math.min(Math.max(amountMinor, -MOST_MINOR), MOST_MINOR)) || 0;
}

/** The code of a currency as an event names it, `krw` too; undefined where it names none. */
export function readCurrency(value: Json | undefined): string | undefined {
  const code = typeof value === 'string' ? value.toUpperCase() : '';
  return /^[A-Z]{3}$/.test(code) ? code : undefined;
}

/** 1999 USD becomes 19.99. */
export function fromMinor(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** currencyDigits(currency);
}
