import { type Channel, channels } from '@tenth/model/channel.ts';
import { type SessionField, sessionFields } from '@tenth/model/condition.ts';
import { type DeviceType, deviceTypes } from '@tenth/model/device.ts';
import type { EventType } from '@tenth/model/event.ts';
import type { Locale } from '@tenth/model/locale.ts';

type Named<Key extends string> = Readonly<Record<Locale, Readonly<Record<Key, string>>>>;

const channelNames: Named<Channel> = {
  ko: {
    direct: '직접 방문',
    organic_search: '자연 검색',
    paid_search: '검색 광고',
    organic_shopping: '쇼핑 검색',
    paid_shopping: '쇼핑 광고',
    organic_social: '소셜',
    paid_social: '소셜 광고',
    organic_video: '동영상',
    paid_video: '동영상 광고',
    display: '디스플레이 광고',
    cross_network: '통합 광고',
    paid_other: '기타 광고',
    portal: '포털 첫 화면',
    ai_assistant: 'AI 어시스턴트',
    email: '이메일',
    affiliate: '제휴',
    audio: '오디오 광고',
    sms: '문자·알림톡',
    push: '앱 푸시',
    referral: '외부 링크',
  },
  en: {
    direct: 'Direct',
    organic_search: 'Organic search',
    paid_search: 'Paid search',
    organic_shopping: 'Organic shopping',
    paid_shopping: 'Paid shopping',
    organic_social: 'Organic social',
    paid_social: 'Paid social',
    organic_video: 'Organic video',
    paid_video: 'Paid video',
    display: 'Display',
    cross_network: 'Cross-network',
    paid_other: 'Other paid',
    portal: 'Portal front page',
    ai_assistant: 'AI assistant',
    email: 'Email',
    affiliate: 'Affiliate',
    audio: 'Audio',
    sms: 'SMS',
    push: 'Push',
    referral: 'Referral',
  },
};

const deviceNames: Named<DeviceType> = {
  ko: { desktop: 'PC', phone: '휴대폰', tablet: '태블릿', tv: 'TV', other: '기타' },
  en: { desktop: 'Desktop', phone: 'Phone', tablet: 'Tablet', tv: 'TV', other: 'Other' },
};

const sessionFieldNames: Named<SessionField> = {
  ko: {
    channel: '유입 채널',
    source: '유입 출처',
    medium: '유입 매체',
    campaign: '유입 캠페인',
    content: '유입 소재',
    keyword: '검색어',
    referrer_host: '유입 도메인',
    landing_path: '첫 페이지',
    landing_category: '첫 페이지 분류',
    device: '기기',
    os: '운영체제',
    browser: '브라우저',
    country: '국가',
    region: '지역',
    city: '도시',
    time_zone: '시간대',
  },
  en: {
    channel: 'channel',
    source: 'source',
    medium: 'medium',
    campaign: 'source campaign',
    content: 'source content',
    keyword: 'search keyword',
    referrer_host: 'referring host',
    landing_path: 'landing page',
    landing_category: 'landing category',
    device: 'device',
    os: 'operating system',
    browser: 'browser',
    country: 'country',
    region: 'region',
    city: 'city',
    time_zone: 'time zone',
  },
};

const eventTypeNames: Named<Exclude<EventType, 'track'>> = {
  ko: {
    identify: '회원 식별',
    page: '페이지 조회',
    screen: '앱 화면 조회',
    group: '그룹 소속',
    alias: '아이디 연결',
  },
  en: {
    identify: 'identification',
    page: 'page view',
    screen: 'app screen view',
    group: 'group membership',
    alias: 'id link',
  },
};

const weekdayNames = {
  ko: ['월요일', '화요일', '수요일', '목요일', '금요일', '토요일', '일요일'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** Names of a channel, or the raw value where the server knows one that this console does not. */
export function nameChannel(value: string, locale: Locale): string {
  const known = channels.find((channel) => channel === value);
  return known === undefined ? value : channelNames[locale][known];
}

export function nameDevice(value: string, locale: Locale): string {
  const known = deviceTypes.find((device) => device === value);
  return known === undefined ? value : deviceNames[locale][known];
}

export function nameSessionField(value: string, locale: Locale): string {
  const known = sessionFields.find((field) => field === value);
  return known === undefined ? value : sessionFieldNames[locale][known];
}

export function nameEventType(type: Exclude<EventType, 'track'>, locale: Locale): string {
  return eventTypeNames[locale][type];
}

/** Monday is 1; any other number stays one. */
export function nameWeekday(day: number, locale: Locale): string {
  return weekdayNames[locale][day - 1] ?? String(day);
}

/** Quotation marks of the language. */
export function quote(text: string, locale: Locale): string {
  return locale === 'ko' ? `‘${text}’` : `“${text}”`;
}

/** `a, b 또는 c` / `a, b or c`. */
export function listChoices(items: readonly string[], locale: Locale): string {
  if (items.length <= 1) {
    return items.join('');
  }
  const last = items.at(-1) ?? '';
  const before = items.slice(0, -1).join(', ');
  return locale === 'ko' ? `${before} 또는 ${last}` : `${before} or ${last}`;
}

/** `a, b` / `a and b`: all of them. */
export function listAll(items: readonly string[], locale: Locale): string {
  if (items.length <= 1 || locale === 'ko') {
    return items.join(', ');
  }
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** What an event is called: its own name, or that of its type. */
export function nameEvent(
  event: { readonly type: string; readonly name: string },
  locale: Locale,
): string {
  if (event.type === 'track' && event.name !== '') {
    return event.name;
  }
  const types: Readonly<Record<string, string>> = eventTypeNames[locale];
  const type = types[event.type] ?? event.type;
  return sentenceCase(event.name === '' ? type : `${type}: ${event.name}`);
}

/** With a capital at the start, for a phrase that stands alone; Korean has none and stays. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
