import { unreachable } from '@tenth/model/brand.ts';
import type { Caps, Goal, Schedule } from '@tenth/model/campaign.ts';
import type { Format } from '@tenth/model/content.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { describeEvent } from './describe-event.ts';
import { formatMoment } from './format-time.ts';
import { quote } from './names.ts';

const formatNames = {
  ko: {
    modal: '팝업',
    modalPhone: '팝업 (휴대폰에서는 전체 화면)',
    full_screen: '전체 화면',
    top_bar: '상단 띠',
    bottom_bar: '하단 띠',
    bottom_right: '오른쪽 아래 알림창',
    bottom_left: '왼쪽 아래 알림창',
    replace: '바꿔 넣기',
    append: '안쪽 끝에 넣기',
    prepend: '안쪽 앞에 넣기',
    before: '앞에 넣기',
    after: '뒤에 넣기',
  },
  en: {
    modal: 'Pop-up',
    modalPhone: 'Pop-up (full screen on phones)',
    full_screen: 'Full screen',
    top_bar: 'Bar at the top',
    bottom_bar: 'Bar at the bottom',
    bottom_right: 'Slide-in, bottom right',
    bottom_left: 'Slide-in, bottom left',
    replace: 'in place of',
    append: 'at the end of',
    prepend: 'at the start of',
    before: 'before',
    after: 'after',
  },
} as const;

export function describeFormat(format: Format, locale: Locale): string {
  const name = formatNames[locale];
  switch (format.kind) {
    case 'modal':
      return format.fullScreenOnPhones ? name.modalPhone : name.modal;
    case 'full_screen':
    case 'top_bar':
    case 'bottom_bar':
      return name[format.kind];
    case 'slide_in':
      return name[format.corner];
    case 'inline': {
      const where = quote(format.placement ?? format.selector ?? '', locale);
      return locale === 'ko'
        ? `본문 삽입: ${where} 자리에 ${name[format.position]}`
        : `Inline: ${name[format.position]} ${where}`;
    }
    default:
      return unreachable(format);
  }
}

/** Each cap as its own phrase; none of them when nothing limits. */
export function describeCaps(caps: Caps, locale: Locale): readonly string[] {
  const spans = [
    [caps.session, '방문마다', 'a visit'],
    [caps.day, '24시간에', 'in 24 hours'],
    [caps.week, '7일에', 'in 7 days'],
    [caps.ever, '한 사람에게 통틀어', 'ever'],
  ] as const;
  return spans.flatMap(([limit, korean, english]) =>
    limit === undefined
      ? []
      : [locale === 'ko' ? `${korean} ${limit}번까지` : `${times(limit)} ${english}`],
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** 168 hours read as 7 days. */
export function describeHours(hours: number, locale: Locale): string {
  const days = hours / 24;
  if (Number.isInteger(days)) {
    return locale === 'ko' ? `${days}일` : days === 1 ? '1 day' : `${days} days`;
  }
  return locale === 'ko' ? `${hours}시간` : hours === 1 ? '1 hour' : `${hours} hours`;
}

export function describeGoal(goal: Goal, locale: Locale): string {
  const within = describeHours(goal.windowHours, locale);
  const event = describeEvent(goal.event, locale);
  return locale === 'ko' ? `노출 후 ${within} 안에 ${event}` : `${event} within ${within}`;
}

const weekdayNames = {
  ko: ['월', '화', '수', '목', '금', '토', '일'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;

/** Parts of a schedule, joined where it is shown; empty for one that never closes. */
export function describeSchedule(
  schedule: Schedule | undefined,
  where: { readonly locale: Locale; readonly timeZone: string },
): readonly string[] {
  const { locale, timeZone } = where;
  const isKorean = locale === 'ko';
  const parts: string[] = [];
  if (schedule?.startsAt !== undefined) {
    const at = formatMoment(schedule.startsAt, locale, timeZone);
    parts.push(isKorean ? `${at}부터` : `from ${at}`);
  }
  if (schedule?.endsAt !== undefined) {
    const at = formatMoment(schedule.endsAt, locale, timeZone);
    parts.push(isKorean ? `${at} 전까지` : `until ${at}`);
  }
  if (schedule?.weekdays !== undefined && schedule.weekdays.length < 7) {
    const names = [...schedule.weekdays]
      .sort((a, b) => a - b)
      .map((day) => weekdayNames[locale][day - 1] ?? '');
    parts.push(isKorean ? `${names.join('·')}요일` : names.join(', '));
  }
  if (schedule?.hours !== undefined) {
    const { from, to } = schedule.hours;
    parts.push(isKorean ? `${from}시~${to}시` : `${from}:00–${to}:00`);
  }
  return parts;
}
