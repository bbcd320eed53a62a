import type { Period } from '@tenth/model/report.ts';
import { useMemo, useState } from 'react';
import { useWorkspace } from '../frame/workspace-context.tsx';
import { type PeriodChoice, periodBefore, periodOf } from './period.ts';

/** The stretch of time of a choice, and the one before. `now` is taken once a page, so that both hold still. */
export function usePeriod(choice: PeriodChoice): { readonly now: Period; readonly before: Period } {
  const { timeZone } = useWorkspace().settings;
  const [now] = useState(Date.now);
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
