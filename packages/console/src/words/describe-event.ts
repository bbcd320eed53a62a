import type { EventFilter, EventMatch } from '@tenth/model/event-match.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { describeTest, showPlain } from './describe-test.ts';
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
export function nameProperty(path: string, locale: Locale): string {
  return pageFields[locale][path] ?? path.replace(/^(properties|traits|context)\./, '');
}

export function describeFilter(filter: EventFilter, locale: Locale): string {
  return describeTest(nameProperty(filter.path, locale), filter.test, {
    locale,
    show: showPlain(locale),
  });
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
  return withFilters(name, match, locale);
}

/** The same of more than one, as a count asks for it: `page views`. */
export function describeEvents(match: EventMatch, locale: Locale): string {
  return locale === 'en' && match.type !== 'track' && match.name === undefined
    ? withFilters(`${nameEventType(match.type, locale)}s`, match, locale)
    : describeEvent(match, locale);
}

function withFilters(name: string, match: EventMatch, locale: Locale): string {
  const where = match.where ?? [];
  return where.length === 0 ? name : `${name} (${describeFilters(where, locale)})`;
}
