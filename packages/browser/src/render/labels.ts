import type { Locale } from '@tenth/model/locale.ts';

export interface Labels {
  readonly close: string;
  readonly copy: string;
  readonly copied: string;
  readonly coupon: string;
  readonly ended: string;
  readonly message: string;
  readonly days: (count: number) => string;
  readonly units: readonly [string, string, string];
  readonly progress: (value: string, max: string) => string;
}

const labels: Readonly<Record<Locale, Labels>> = {
  ko: {
    close: '닫기',
    copy: '복사',
    copied: '복사됨',
    coupon: '쿠폰',
    ended: '종료되었어요',
    message: '안내',
    days: (count) => `${count}일`,
    units: ['시', '분', '초'],
    progress: (value, max) => `${max} 중 ${value}`,
  },
  en: {
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    coupon: 'Coupon',
    ended: 'Ended',
    message: 'Message',
    days: (count) => `${count}d`,
    units: ['h', 'm', 's'],
    progress: (value, max) => `${value} of ${max}`,
  },
};

/** The words a message brings along by itself. */
export function labelsFor(locale: string): Labels {
  return locale === 'ko' ? labels.ko : labels.en;
}
