import { unreachable } from '@tenth/model/brand.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import type { ReferenceNames } from './condition-names.ts';
import { describeEvent, describeEvents, nameProperty } from './describe-event.ts';
import type { ShowValue } from './describe-test.ts';
import { describeMinutes, describeWindow } from './describe-window.ts';
import { formatAmount, formatExact, formatShare } from './format-value.ts';
import { quote } from './names.ts';

/** What is measured, and how a figure of it reads: `장바구니 금액`, `20,000원`. */
export interface Figure {
  readonly subject: string;
  readonly show: ShowValue;
}

const dimensions = {
  ko: { category: '카테고리', brand: '브랜드' },
  en: { category: 'category', brand: 'brand' },
} as const;

export function describeMeasure(
  measure: NumberMeasure,
  locale: Locale,
  names: ReferenceNames,
): Figure {
  const say = (ko: string, en: string): string => (locale === 'ko' ? ko : en);
  const counted = (unit: string): ShowValue => {
    return (value) => `${formatExact(Number(value), locale)}${say(unit, '')}`;
  };
  const share: ShowValue = (value) => formatShare(Number(value), locale);

  switch (measure.kind) {
    case 'event_count': {
      const when = describeWindow(measure.window, locale);
      const event = describeEvents(measure.event, locale);
      return {
        subject: say(`${when} ${event}`, `number of ${event} ${when}`),
        show: counted('회'),
      };
    }
    case 'event_number':
      return describeEventNumber(measure, locale);
    case 'recency': {
      const event = describeEvent(measure.event, locale);
      return {
        subject: say(`마지막 ${event} 후 지난 날`, `days since the last ${event}`),
        show: counted('일'),
      };
    }
    case 'active_days': {
      const event = describeEvents(measure.event, locale);
      return {
        subject: say(
          `최근 ${measure.days}일 가운데 ${event}의 기록이 있는 날`,
          `days with ${event} among the last ${measure.days}`,
        ),
        show: counted('일'),
      };
    }
    case 'funnel': {
      const steps = measure.steps.map((step) => describeEvent(step, locale)).join(' → ');
      const within = describeMinutes(measure.withinMinutes, locale);
      return {
        subject: say(
          `${within} 안에 ${steps} 순서로 거친 단계`,
          `steps reached of ${steps} within ${within}`,
        ),
        show: counted('단계'),
      };
    }
    case 'cart_total':
      return {
        subject: say('장바구니 금액', 'cart total'),
        show: (value) => formatAmount(Number(value), measure.currency, locale),
      };
    case 'cart_quantity':
      return { subject: say('장바구니 상품 수', 'items in the cart'), show: counted('개') };
    case 'session_pages':
      return {
        subject: say('이번 방문에서 본 페이지', 'pages seen in this visit'),
        show: counted('쪽'),
      };
    case 'sessions':
      return { subject: say('방문 횟수', 'number of visits'), show: counted('회') };
    case 'affinity': {
      const key = `${dimensions[locale][measure.dimension]} ${quote(measure.key, locale)}`;
      return measure.measure === 'share'
        ? { subject: say(`${key}의 관심 비중`, `interest share of ${key}`), show: share }
        : { subject: say(`${key}의 관심 점수`, `interest score of ${key}`), show: counted('') };
    }
    case 'orders':
      return describeOrders(measure, locale);
    case 'inferred': {
      const known = names.attributes?.get(measure.attributeId);
      const name = quote(known?.name ?? measure.attributeId, locale);
      const value = quote(known?.values.get(measure.value) ?? measure.value, locale);
      return {
        subject: say(
          `추정한 ${name} 항목이 ${value}일 가능성`,
          `confidence that ${name} is ${value}`,
        ),
        show: share,
      };
    }
    case 'local_hour':
      return { subject: say('현지 시각', 'local hour'), show: counted('시') };
    case 'local_weekday':
      return { subject: say('현지 요일', 'local weekday'), show: counted('') };
    default:
      return unreachable(measure);
  }
}

const figureNames = {
  ko: { sum: '합계', mean: '평균', min: '최솟값', max: '최댓값' },
  en: { sum: 'sum', mean: 'average', min: 'smallest', max: 'largest' },
} as const;

function describeEventNumber(
  { event, property, measure, window }: Extract<NumberMeasure, { kind: 'event_number' }>,
  locale: Locale,
): Figure {
  const when = describeWindow(window, locale);
  const what = describeEvent(event, locale);
  const name = nameProperty(property, locale);
  if (measure === 'distinct') {
    return locale === 'ko'
      ? {
          subject: `${when} ${what}의 서로 다른 ${name} 수`,
          show: (value) => `${formatExact(Number(value), locale)}개`,
        }
      : {
          subject: `number of different values of ${name} over ${what} ${when}`,
          show: (value) => formatExact(Number(value), locale),
        };
  }
  const show: ShowValue = (value) => formatExact(Number(value), locale);
  const figure = figureNames[locale][measure];
  if (locale === 'ko') {
    return { subject: `${when} ${what}의 ${name} ${figure}`, show };
  }
  const of = measure === 'sum' || measure === 'mean' ? `${figure} of` : figure;
  return { subject: `${of} ${name} over ${what} ${when}`, show };
}

function describeOrders(
  { measure, currency }: Extract<NumberMeasure, { kind: 'orders' }>,
  locale: Locale,
): Figure {
  const isKorean = locale === 'ko';
  const counted =
    (unit: string): ShowValue =>
    (value) =>
      `${formatExact(Number(value), locale)}${isKorean ? unit : ''}`;
  switch (measure) {
    case 'count':
      return { subject: isKorean ? '주문 횟수' : 'number of orders', show: counted('회') };
    case 'total':
      return {
        subject: isKorean ? '누적 구매 금액' : 'amount spent so far',
        show: (value) => formatAmount(Number(value), currency ?? '', locale),
      };
    case 'days_since_last':
      return {
        subject: isKorean ? '마지막 주문 후 지난 날' : 'days since the last order',
        show: counted('일'),
      };
    default:
      return unreachable(measure);
  }
}
