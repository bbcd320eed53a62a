import { unreachable } from '@tenth/model/brand.ts';
import type { LeafCondition, SessionField } from '@tenth/model/condition.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { ConditionNames } from './condition-names.ts';
import { describeEvent, describeFilters, nameProperty } from './describe-event.ts';
import { describeMeasure } from './describe-measure.ts';
import { describeTest, type ShowValue, showPlain } from './describe-test.ts';
import { describeWeekdays } from './describe-weekdays.ts';
import { describeMinutes, describeWindow } from './describe-window.ts';
import { formatShare } from './format-value.ts';
import {
  listChoices,
  nameChannel,
  nameDevice,
  nameSessionField,
  nameWeekday,
  quote,
} from './names.ts';

const cartFields = {
  ko: { product_id: '상품 번호', category: '카테고리', brand: '브랜드', name: '상품명' },
  en: { product_id: 'product id', category: 'category', brand: 'brand', name: 'product name' },
} as const;

/** One condition in plain words, without its group. */
export function describeLeaf(leaf: LeafCondition, locale: Locale, names: ConditionNames): string {
  const isKorean = locale === 'ko';
  const say = (ko: string, en: string): string => (isKorean ? ko : en);

  switch (leaf.kind) {
    case 'event': {
      const filters = describeFilters(leaf.filters, locale);
      return say(`이번 이벤트의 ${filters}`, `this event’s ${filters}`);
    }
    case 'trait':
      return describeTest(say(`특성 ${leaf.name}`, `trait ${leaf.name}`), leaf.test, {
        locale,
        show: showPlain(locale),
      });
    case 'event_value':
      return describeEventValue(leaf, locale);
    case 'sequence':
      return describeSequence(leaf, locale);
    case 'cart_product': {
      const test = describeTest(cartFields[locale][leaf.field], leaf.test, {
        locale,
        show: showPlain(locale),
      });
      return say(`장바구니 상품 중 ${test}`, `a product in the cart whose ${test}`);
    }
    case 'session':
      return describeTest(nameSessionField(leaf.field, locale), leaf.test, {
        locale,
        show: sessionValue(leaf.field, locale),
      });
    case 'visitor':
      return leaf.is === 'new'
        ? say('첫 방문자', 'new visitor')
        : say('재방문자', 'returning visitor');
    case 'member':
      return leaf.is ? say('회원', 'member') : say('비회원', 'not a member');
    case 'variable': {
      const known = names.variables?.get(leaf.variableId);
      const name = quote(known?.name ?? leaf.variableId, locale);
      return describeTest(
        say(`변수 ${name}`, `variable ${name}`),
        { op: 'in', values: leaf.levels.map((level) => known?.values.get(level) ?? level) },
        { locale, show: showPlain(locale) },
      );
    }
    case 'segment': {
      const name = quote(names.segments.get(leaf.segmentId) ?? leaf.segmentId, locale);
      return leaf.is
        ? say(`세그먼트 ${name}에 속함`, `in segment ${name}`)
        : say(`세그먼트 ${name}에 속하지 않음`, `not in segment ${name}`);
    }
    case 'list': {
      const name = quote(names.lists?.get(leaf.listId) ?? leaf.listId, locale);
      return leaf.is
        ? say(`명단 ${name}에 있음`, `on list ${name}`)
        : say(`명단 ${name}에 없음`, `not on list ${name}`);
    }
    case 'random_share': {
      const percent = (share: number): string => formatShare(share, locale, 4);
      const size = percent(Math.max(0, leaf.to - leaf.from));
      const seed = quote(leaf.seed, locale);
      const range = `${percent(leaf.from)}–${percent(leaf.to)}`;
      return say(
        `무작위로 고른 전체의 ${size} (추첨 ${seed}의 ${range})`,
        `a random ${size} of all people (${range} of draw ${seed})`,
      );
    }
    case 'channel_in':
      return describeTest(
        nameSessionField('channel', locale),
        { op: 'in', values: leaf.channels },
        { locale, show: (value) => nameChannel(String(value), locale) },
      );
    case 'device_in': {
      const devices = listChoices(
        leaf.devices.map((device) => nameDevice(device, locale)),
        locale,
      );
      return say(`${devices} 이용`, `on ${devices}`);
    }
    case 'local_weekday':
      return describeWeekdays(leaf.test, locale);
    case 'event_count':
    case 'event_number':
    case 'recency':
    case 'active_days':
    case 'funnel':
    case 'cart_total':
    case 'cart_quantity':
    case 'session_pages':
    case 'sessions':
    case 'affinity':
    case 'orders':
    case 'inferred':
    case 'local_hour': {
      const { subject, show } = describeMeasure(leaf, locale, names);
      return describeTest(subject, leaf.test, { locale, show });
    }
    default:
      return unreachable(leaf);
  }
}

/** How a value reads that was found where this condition looks. */
export function showFound(leaf: LeafCondition, locale: Locale): ShowValue {
  switch (leaf.kind) {
    case 'session':
      return sessionValue(leaf.field, locale);
    case 'channel_in':
      return sessionValue('channel', locale);
    case 'device_in':
      return sessionValue('device', locale);
    case 'local_weekday':
      return (value) => nameWeekday(Number(value), locale);
    case 'event':
    case 'trait':
    case 'event_value':
    case 'sequence':
    case 'cart_product':
    case 'visitor':
    case 'member':
    case 'variable':
    case 'segment':
    case 'list':
    case 'random_share':
      return showPlain(locale);
    default:
      return describeMeasure(leaf, locale, {}).show;
  }
}

function sessionValue(field: SessionField, locale: Locale): ShowValue {
  switch (field) {
    case 'channel':
      return (value) => nameChannel(String(value), locale);
    case 'device':
      return (value) => nameDevice(String(value), locale);
    default:
      return (value) => quote(String(value), locale);
  }
}

const positions = {
  ko: { first: '첫', last: '마지막', most_frequent: '가장 잦은' },
  en: { first: 'first', last: 'last', most_frequent: 'most frequent' },
} as const;

function describeEventValue(
  { event, property, measure, window, test }: Extract<LeafCondition, { kind: 'event_value' }>,
  locale: Locale,
): string {
  const when = describeWindow(window, locale);
  const what = describeEvent(event, locale);
  const value = `${positions[locale][measure]} ${nameProperty(property, locale)}`;
  const subject = locale === 'ko' ? `${when} ${what}의 ${value}` : `${value} over ${what} ${when}`;
  return describeTest(subject, test, { locale, show: showPlain(locale) });
}

function describeSequence(
  leaf: Extract<LeafCondition, { kind: 'sequence' }>,
  locale: Locale,
): string {
  const within = describeMinutes(leaf.withinMinutes, locale);
  const [first, next] = [describeEvent(leaf.first, locale), describeEvent(leaf.then, locale)];
  const unwanted = leaf.without === undefined ? undefined : describeEvent(leaf.without, locale);
  if (locale === 'ko') {
    const none = unwanted === undefined ? '' : `, 그 사이 ${unwanted} 없음`;
    return `${first} 후 ${within} 안에 ${next}${none}`;
  }
  const none = unwanted === undefined ? '' : `, without ${unwanted} in between`;
  return `${next} within ${within} after ${first}${none}`;
}
