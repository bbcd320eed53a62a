import type { ShopReport } from '@tenth/model/report.ts';
import type { ComparedPeriod } from '../../period/use-period.ts';

/** What the figures of a period are compared with. */
export type Comparison =
  /** `isPart`: only as much of the period before as has passed of this one. */
  | { readonly kind: 'with'; readonly report: ShopReport; readonly isPart: boolean }
  | { readonly kind: 'coming' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'none' };

interface AskedReport {
  readonly data: ShopReport | undefined;
  readonly error: Error | null;
  readonly isPlaceholderData: boolean;
}

/** Figures are only ever compared with those of the period right before theirs. */
export function compareReports(
  { now, before }: ComparedPeriod,
  asked: { readonly now: AskedReport; readonly before: AskedReport },
): Comparison {
  if (before === undefined) {
    return { kind: 'none' };
  }
  if (asked.now.isPlaceholderData || asked.before.isPlaceholderData) {
    return { kind: 'coming' };
  }
  const { data, error } = asked.before;
  if (data !== undefined) {
    return { kind: 'with', report: data, isPart: before.to !== now.from };
  }
  return error === null ? { kind: 'coming' } : { kind: 'failed', error };
}
