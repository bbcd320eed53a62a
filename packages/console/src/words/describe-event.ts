import type { EventFilter, EventMatch } from '@tenth/model/condition.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { describeTest } from './describe-test.ts';
import { formatCount } from './format-value.ts';
import { nameEventType, quote } from './names.ts';

const pageFields: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: {
    name: '이름',
    'page.url': '페이지 주소',
    'page.path': '페이지 경로',
    'page.title': '페이지 제목',
    'page.category': '페이지 분류',
    'page.name': '페이지 이름',
  },
  en: {
    name: 'its name',
    'page.url': 'page address',
    'page.path': 'page path',
    'page.title': 'page title',
    'page.category': 'page category',
    'page.name': 'page name',
  },
};

/** `properties.price` reads as the shop named it: price. */
function namePath(path: string, locale: Locale): string {
  return pageFields[locale][path] ?? path.replace(/^(properties|traits|context)\./, '');
}

export function describeFilter(filter: EventFilter, locale: Locale): string {
  const show = (value: string | number | boolean): string =>
    typeof value === 'number' ? formatCount(value, locale) : quote(String(value), locale);
  return describeTest(namePath(filter.path, locale), filter.test, { locale, show });
}

export function describeFilters(filters: readonly EventFilter[], locale: Locale): string {
  const joint = locale === 'ko' ? ', ' : ' and ';
  return filters.map((filter) => describeFilter(filter, locale)).join(joint);
}

/** `‘Product Added’ (price가 10,000 이상)`, `페이지 조회`. */
export function describeEvent(match: EventMatch, locale: Locale): string {
  const name =
    match.type === 'track'
      ? quote(match.name ?? (locale === 'ko' ? '모든 행동' : 'any action'), locale)
      : match.name === undefined
        ? nameEventType(match.type, locale)
        : `${nameEventType(match.type, locale)} ${quote(match.name, locale)}`;
  const where = match.where ?? [];
  return where.length === 0 ? name : `${name} (${describeFilters(where, locale)})`;
}
