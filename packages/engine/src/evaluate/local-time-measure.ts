import { type LocalClock, localClock, weekdayOf } from '../local-time.ts';
import type { CompiledMeasure } from './compiled-measure.ts';
import type { ConditionScope } from './condition-scope.ts';
import { plainInputs } from './inputs.ts';
import type { Moment } from './moment.ts';

const common = { inputs: plainInputs('clock', 'visit', 'facts'), leaves: 1, levels: 1 } as const;

export function localHourMeasure({ clock: shop }: ConditionScope): CompiledMeasure {
  return {
    ...common,
    text: 'local hour',
    read: (moment) => clockOf(moment, shop).hourOf(moment.now),
    nextChange: (moment, { sort }) => {
      const clock = clockOf(moment, shop);
      const current = sort(clock.hourOf(moment.now));
      return clock.nextHour(moment.now, (hour) => sort(hour) !== current);
    },
  };
}

export function localWeekdayMeasure({ clock: shop }: ConditionScope): CompiledMeasure {
  return {
    ...common,
    text: 'local weekday',
    read: (moment) => weekdayOf(clockOf(moment, shop).dayOf(moment.now)),
    nextChange: (moment, { sort }) => {
      const clock = clockOf(moment, shop);
      const today = clock.dayOf(moment.now);
      const current = sort(weekdayOf(today));
      for (let day = today + 1; day < today + 7; day += 1) {
        if (sort(weekdayOf(day)) !== current) {
          return clock.reaches(day, moment.now);
        }
      }
      return undefined;
    },
  };
}

/** The clock where the device is, as its session says; else the shop's. */
function clockOf({ device }: Moment, shop: LocalClock): LocalClock {
  const { timeZone } = device.session;
  return timeZone === '' ? shop : (localClock(timeZone) ?? shop);
}
