import { unreachable } from '@tenth/model/brand.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { NumberTest, Test } from '@tenth/model/value-test.ts';
import { formatWritten } from './format-time.ts';
import { formatExact } from './format-value.ts';
import { withParticle } from './korean-particle.ts';
import { listAll, listChoices, quote } from './names.ts';

/** How a value reads: quoted, as money, as a channel's name … */
export type ShowValue = (value: string | number | boolean) => string;

/** Numbers as they are, all else in quotation marks. */
export function showPlain(locale: Locale): ShowValue {
  return (value) =>
    typeof value === 'number' ? formatExact(value, locale) : quote(String(value), locale);
}

const longList = 6;

/** A list of up to {@link longList}; of a longer one the first few, and how many more there are. */
function listValues(
  values: readonly (string | number | boolean)[],
  show: ShowValue,
  locale: Locale,
): string {
  if (values.length <= longList) {
    return listChoices(values.map(show), locale);
  }
  const first = values
    .slice(0, longList - 1)
    .map(show)
    .join(', ');
  const left = values.length - longList + 1;
  return locale === 'ko' ? `${first} 외 ${left}개 중 하나` : `${first} or one of ${left} more`;
}

/** The same of values that must all be there. */
function listEvery(
  values: readonly (string | number | boolean)[],
  show: ShowValue,
  locale: Locale,
): string {
  if (values.length <= longList) {
    return listAll(values.map(show), locale);
  }
  const first = values
    .slice(0, longList - 1)
    .map(show)
    .join(', ');
  const left = values.length - longList + 1;
  return locale === 'ko' ? `${first} 외 ${left}개` : `${first} and ${left} more`;
}

/** A subject and its test as one phrase: `유입 채널이 자연 검색 또는 이메일`. */
export function describeTest(
  subject: string,
  test: Test | NumberTest,
  how: { readonly locale: Locale; readonly show: ShowValue },
): string {
  return how.locale === 'ko'
    ? inKorean(subject, test, how.show)
    : inEnglish(subject, test, how.show);
}

function inKorean(subject: string, test: Test | NumberTest, show: ShowValue): string {
  const it = withParticle(subject, '이/가');
  switch (test.op) {
    case 'is':
      return `${it} ${show(test.value)}`;
    case 'is_not':
      return `${it} ${withParticle(show(test.value), '이/가')} 아님`;
    case 'in':
      return `${it} ${listValues(test.values, show, 'ko')}`;
    case 'not_in':
      return `${it} ${withParticle(listValues(test.values, show, 'ko'), '이/가')} 아님`;
    case 'contains':
      return `${subject}에 ${withParticle(show(test.value), '이/가')} 들어 있음`;
    case 'contains_any':
      return `${subject}에 ${withParticle(listValues(test.values, show, 'ko'), '이/가')} 들어 있음`;
    case 'starts_with':
      return `${it} ${withParticle(show(test.value), '으로/로')} 시작`;
    case 'ends_with':
      return `${it} ${withParticle(show(test.value), '으로/로')} 끝남`;
    case 'gt':
      return `${it} ${show(test.value)} 초과`;
    case 'gte':
      return `${it} ${show(test.value)} 이상`;
    case 'lt':
      return `${it} ${show(test.value)} 미만`;
    case 'lte':
      return `${it} ${show(test.value)} 이하`;
    case 'between':
      return `${it} ${show(test.from)} 이상 ${show(test.to)} 미만`;
    case 'matches':
      return `${it} 정규식 ${quote(test.pattern, 'ko')}에 맞음`;
    case 'has_all':
      return `${subject}에 ${withParticle(listEvery(test.values, show, 'ko'), '이/가')} 모두 들어 있음`;
    case 'before':
      return `${it} ${formatWritten(test.time, 'ko')} 전`;
    case 'after':
      return `${it} ${formatWritten(test.time, 'ko')} 이후`;
    case 'in_last_days':
      return `${it} 지난 ${test.days}일 안`;
    case 'in_next_days':
      return `${it} 앞으로 ${test.days}일 안`;
    case 'anniversary_in_days':
      return test.days === 0
        ? `${subject}의 기념일이 오늘`
        : `${subject}의 기념일이 ${test.days}일 안`;
    case 'version_gte':
      return `${it} 버전 ${test.version} 이상`;
    case 'version_lt':
      return `${it} 버전 ${test.version} 미만`;
    case 'exists':
      return `${it} 있음`;
    case 'missing':
      return `${it} 없음`;
    default:
      return unreachable(test);
  }
}

function inEnglish(subject: string, test: Test | NumberTest, show: ShowValue): string {
  switch (test.op) {
    case 'is':
      return `${subject} is ${show(test.value)}`;
    case 'is_not':
      return `${subject} is not ${show(test.value)}`;
    case 'in':
      return `${subject} is ${listValues(test.values, show, 'en')}`;
    case 'not_in':
      return `${subject} is not ${listValues(test.values, show, 'en')}`;
    case 'contains':
      return `${subject} contains ${show(test.value)}`;
    case 'contains_any':
      return `${subject} contains ${listValues(test.values, show, 'en')}`;
    case 'starts_with':
      return `${subject} starts with ${show(test.value)}`;
    case 'ends_with':
      return `${subject} ends with ${show(test.value)}`;
    case 'gt':
      return `${subject} is over ${show(test.value)}`;
    case 'gte':
      return `${subject} is at least ${show(test.value)}`;
    case 'lt':
      return `${subject} is under ${show(test.value)}`;
    case 'lte':
      return `${subject} is at most ${show(test.value)}`;
    case 'between':
      return `${subject} is from ${show(test.from)} to under ${show(test.to)}`;
    case 'matches':
      return `${subject} matches the pattern ${quote(test.pattern, 'en')}`;
    case 'has_all':
      return `${subject} has ${listEvery(test.values, show, 'en')}`;
    case 'before':
      return `${subject} is before ${formatWritten(test.time, 'en')}`;
    case 'after':
      return `${subject} is ${formatWritten(test.time, 'en')} or later`;
    case 'in_last_days':
      return `${subject} is within the last ${days(test.days)}`;
    case 'in_next_days':
      return `${subject} is within the next ${days(test.days)}`;
    case 'anniversary_in_days':
      return test.days === 0
        ? `the anniversary of ${subject} is today`
        : `the anniversary of ${subject} is within ${test.days === 1 ? 'a day' : `${test.days} days`}`;
    case 'version_gte':
      return `${subject} is version ${test.version} or later`;
    case 'version_lt':
      return `${subject} is a version before ${test.version}`;
    case 'exists':
      return `${subject} is known`;
    case 'missing':
      return `${subject} is not known`;
    default:
      return unreachable(test);
  }
}

/** As it follows `the last` and `the next`. */
function days(count: number): string {
  return count === 1 ? 'day' : `${count} days`;
}
