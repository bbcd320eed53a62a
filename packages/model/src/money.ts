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

/** 19.99 USD becomes 1999; 20000 KRW stays 20000. Rounds half away from zero. */
export function toMinor(amount: number, currency: string): number {
  return Math.round(amount * 10 ** currencyDigits(currency));
}

/** 1999 USD becomes 19.99. */
export function fromMinor(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** currencyDigits(currency);
}
