import type { Period } from '@tenth/model/report.ts';
import { useMemo } from 'react';
import { useMinute } from '../api/use-minute.ts';
import { useWorkspace } from '../frame/workspace-context.tsx';
import { type PeriodChoice, periodBefore, periodOf } from './period.ts';

export interface ComparedPeriod {
  readonly now: Period;
  /** `undefined` while nothing of the period has passed. */
  readonly before: Period | undefined;
}

/** The stretch of time of a choice, and the one it is compared with. */
export function usePeriod(choice: PeriodChoice): ComparedPeriod {
  const { timeZone } = useWorkspace().settings;
  const now = useMinute();
  const { preset, from, to } = choice;
  return useMemo(() => {
    const chosen: PeriodChoice = {
      preset,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    return { now: periodOf(chosen, now, timeZone), before: periodBefore(chosen, now, timeZone) };
  }, [preset, from, to, now, timeZone]);
}
