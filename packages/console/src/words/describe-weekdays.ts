import { unreachable } from '@tenth/model/brand.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { NumberTest } from '@tenth/model/value-test.ts';
import { listChoices, nameWeekday } from './names.ts';

/** A test of the day of the week by the days that pass it: nobody calls Saturday "at least 6". */
export function describeWeekdays(test: NumberTest, locale: Locale): string {
  const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => isMet(test, day));
  if (days.length === 0) {
    return locale === 'ko' ? '해당하는 요일 없음' : 'on no day of the week';
  }
  if (days.length === 7) {
    return locale === 'ko' ? '요일 무관' : 'on any day of the week';
  }
  const choices = listChoices(
    days.map((day) => nameWeekday(day, locale)),
    locale,
  );
  return locale === 'ko' ? `현지 요일이 ${choices}` : `local weekday is ${choices}`;
}

function isMet(test: NumberTest, day: number): boolean {
  switch (test.op) {
    case 'is':
      return day === test.value;
    case 'gt':
      return day > test.value;
    case 'gte':
      return day >= test.value;
    case 'lt':
      return day < test.value;
    case 'lte':
      return day <= test.value;
    case 'between':
      return day >= test.from && day < test.to;
    default:
      return unreachable(test);
  }
}
