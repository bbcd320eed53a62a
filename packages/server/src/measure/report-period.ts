import type { Period } from '@tenth/model/report.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** A report's half-open stretch of time and the clock its days are counted by. */
export interface ReportPeriod {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** IANA name. */
  readonly timeZone: string;
}

export function toReportPeriod(period: Period, timeZone: string): ReportPeriod {
  return { fromMs: Date.parse(period.from), toMs: Date.parse(period.to), timeZone };
}
