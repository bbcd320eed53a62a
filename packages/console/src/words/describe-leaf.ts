import { unreachable } from '@tenth/model/brand.ts';
import type { LeafCondition, Window } from '@tenth/model/condition.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { SegmentNames } from './describe-condition.ts';
import { describeEvent, describeFilters } from './describe-event.ts';
import { describeTest, type ShowValue } from './describe-test.ts';
import { formatAmount, formatCount, formatShare } from './format-value.ts';
import {
  listChoices,
  nameChannel,
  nameDevice,
  nameEventType,
  nameSessionField,
  quote,
} from './names.ts';

export function describeWindow(window: Window, locale: Locale): string {
  switch (window.kind) {
    case 'session':
      return locale === 'ko' ? '이번 방문에서' : 'in this visit';
    case 'ever':
      return locale === 'ko' ? '지금까지' : 'ever';
    case 'last_minutes':
      return locale === 'ko'
        ? `최근 ${window.minutes}분 동안`
        : `in the last ${window.minutes} minutes`;
    case 'last_hours':
      return locale === 'ko'
        ? `최근 ${window.hours}시간 동안`
        : `in the last ${window.hours} hours`;
    case 'last_days':
      return locale === 'ko' ? `최근 ${window.days}일 동안` : `in the last ${window.days} days`;
    default:
      return unreachable(window);
  }
}

const subjects = {
  ko: {
    cartTotal: '장바구니 금액',
    cartQuantity: '장바구니 상품 수',
    cart: { product_id: '상품 번호', category: '카테고리', brand: '브랜드', name: '상품명' },
    sessionPages: '이번 방문에서 본 페이지',
    sessions: '방문 횟수',
    newVisitor: '첫 방문자',
    returningVisitor: '재방문자',
    member: '회원',
    notMember: '비회원',
    category: '카테고리',
    brand: '브랜드',
    orderCount: '주문 횟수',
    orderTotal: '누적 구매 금액',
    daysSinceOrder: '마지막 주문 후 지난 날',
  },
  en: {
    cartTotal: 'cart total',
    cartQuantity: 'items in the cart',
    cart: { product_id: 'product id', category: 'category', brand: 'brand', name: 'product name' },
    sessionPages: 'pages seen in this visit',
    sessions: 'number of visits',
    newVisitor: 'new visitor',
    returningVisitor: 'returning visitor',
    member: 'member',
    notMember: 'not a member',
    category: 'category',
    brand: 'brand',
    orderCount: 'number of orders',
    orderTotal: 'amount spent so far',
    daysSinceOrder: 'days since the last order',
  },
} as const;

/** One condition in plain words, without its group. */
export function describeLeaf(
  leaf: LeafCondition,
  locale: Locale,
  segmentNames: SegmentNames,
): string {
  const isKorean = locale === 'ko';
  const say = subjects[locale];
  const plain: ShowValue = (value) =>
    typeof value === 'number' ? formatCount(value, locale) : quote(String(value), locale);
  const counted =
    (korean: string): ShowValue =>
    (value) =>
      isKorean
        ? `${formatCount(Number(value), locale)}${korean}`
        : formatCount(Number(value), locale);

  switch (leaf.kind) {
    case 'event':
      return isKorean
        ? `이번 이벤트의 ${describeFilters(leaf.filters, locale)}`
        : `this event’s ${describeFilters(leaf.filters, locale)}`;
    case 'trait':
      return describeTest(isKorean ? `특성 ${leaf.name}` : `trait ${leaf.name}`, leaf.test, {
        locale,
        show: plain,
      });
    case 'event_count':
      return describeEventCount(leaf, locale);
    case 'cart_total':
      return describeTest(say.cartTotal, leaf.test, {
        locale,
        show: (value) => formatAmount(Number(value), leaf.currency, locale),
      });
    case 'cart_quantity':
      return describeTest(say.cartQuantity, leaf.test, { locale, show: counted('개') });
    case 'cart_product': {
      const test = describeTest(say.cart[leaf.field], leaf.test, { locale, show: plain });
      return isKorean ? `장바구니 상품 중 ${test}` : `a product in the cart whose ${test}`;
    }
    case 'session':
      return describeTest(nameSessionField(leaf.field, locale), leaf.test, {
        locale,
        show: sessionValue(leaf.field, locale),
      });
    case 'session_pages':
      return describeTest(say.sessionPages, leaf.test, { locale, show: counted('쪽') });
    case 'sessions':
      return describeTest(say.sessions, leaf.test, { locale, show: counted('회') });
    case 'visitor':
      return leaf.is === 'new' ? say.newVisitor : say.returningVisitor;
    case 'member':
      return leaf.is ? say.member : say.notMember;
    case 'affinity':
      return describeAffinity(leaf, locale);
    case 'orders':
      return describeOrders(leaf, locale);
    case 'segment': {
      const name = quote(segmentNames.get(leaf.segmentId) ?? leaf.segmentId, locale);
      if (isKorean) {
        return leaf.is ? `세그먼트 ${name}에 속함` : `세그먼트 ${name}에 속하지 않음`;
      }
      return leaf.is ? `in segment ${name}` : `not in segment ${name}`;
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
      return isKorean ? `${devices} 이용` : `on ${devices}`;
    }
    default:
      return unreachable(leaf);
  }
}

function sessionValue(field: string, locale: Locale): ShowValue {
  return (value) => {
    if (field === 'channel') {
      return nameChannel(String(value), locale);
    }
    return field === 'device' ? nameDevice(String(value), locale) : quote(String(value), locale);
  };
}

type EventCount = Extract<LeafCondition, { kind: 'event_count' }>;

function describeEventCount({ event, window, test }: EventCount, locale: Locale): string {
  const when = describeWindow(window, locale);
  const what =
    event.type === 'track' || event.name !== undefined || event.where !== undefined
      ? describeEvent(event, locale)
      : nameEventType(event.type, locale);
  if (locale === 'ko') {
    const show: ShowValue = (value) => `${formatCount(Number(value), locale)}회`;
    return `${when} ${describeTest(what, test, { locale, show })}`;
  }
  const show: ShowValue = (value) => formatCount(Number(value), locale);
  return `${describeTest(`number of ${what} ${when}`, test, { locale, show })}`;
}

type Affinity = Extract<LeafCondition, { kind: 'affinity' }>;

function describeAffinity({ dimension, key, measure, test }: Affinity, locale: Locale): string {
  const name = subjects[locale][dimension];
  const isShare = measure === 'share';
  const show: ShowValue = (value) =>
    isShare ? formatShare(Number(value), locale) : formatCount(Number(value), locale);
  const subject =
    locale === 'ko'
      ? `${name} ${quote(key, locale)}의 관심 ${isShare ? '비중' : '점수'}`
      : `interest ${isShare ? 'share' : 'score'} of ${name} ${quote(key, locale)}`;
  return describeTest(subject, test, { locale, show });
}

type Orders = Extract<LeafCondition, { kind: 'orders' }>;

function describeOrders({ measure, currency, test }: Orders, locale: Locale): string {
  const say = subjects[locale];
  const counted =
    (unit: string): ShowValue =>
    (value) =>
      `${formatCount(Number(value), locale)}${locale === 'ko' ? unit : ''}`;
  switch (measure) {
    case 'count':
      return describeTest(say.orderCount, test, { locale, show: counted('회') });
    case 'total':
      return describeTest(say.orderTotal, test, {
        locale,
        show: (value) => formatAmount(Number(value), currency ?? '', locale),
      });
    case 'days_since_last':
      return describeTest(say.daysSinceOrder, test, { locale, show: counted('일') });
    default:
      return unreachable(measure);
  }
}
