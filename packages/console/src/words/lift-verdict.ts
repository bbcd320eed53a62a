import { unreachable } from '@tenth/model/brand.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { ArmResult, CampaignReport } from '@tenth/model/report.ts';
import { formatPoints, formatShare } from './format-value.ts';

export type LiftVerdict =
  | { readonly kind: 'split-suspect' }
  | { readonly kind: 'no-holdout' }
  | { readonly kind: 'too-early'; readonly smallestArm: number }
  | { readonly kind: 'uplift' | 'drop' | 'inconclusive'; readonly absolute: number };

/**
 * What may be said about a campaign's effect. The order matters: a suspect split makes every later
 * figure worthless, and too few people make the interval's arithmetic invalid.
 */
export function judgeLift(report: Pick<CampaignReport, 'lift' | 'sampleRatio'>): LiftVerdict {
  const { lift, sampleRatio } = report;
  if (sampleRatio.isSuspect) {
    return { kind: 'split-suspect' };
  }
  if (lift === null) {
    return sampleRatio.expectedHoldoutShare === 0
      ? { kind: 'no-holdout' }
      : { kind: 'too-early', smallestArm: 0 };
  }
  if (!isEnough(lift.treatment, lift.holdout)) {
    return {
      kind: 'too-early',
      smallestArm: Math.min(lift.treatment.people, lift.holdout.people),
    };
  }
  if (lift.absoluteInterval.low > 0) {
    return { kind: 'uplift', absolute: lift.absolute };
  }
  if (lift.absoluteInterval.high < 0) {
    return { kind: 'drop', absolute: lift.absolute };
  }
  return { kind: 'inconclusive', absolute: lift.absolute };
}

// Cochran's rule: the normal approximation wants at least 5 expected in each of the four cells.
const leastExpected = 5;

function isEnough(treatment: ArmResult, holdout: ArmResult): boolean {
  const people = treatment.people + holdout.people;
  if (people === 0) {
    return false;
  }
  const rate = (treatment.converted + holdout.converted) / people;
  const smallest = Math.min(treatment.people, holdout.people);
  return smallest * rate >= leastExpected && smallest * (1 - rate) >= leastExpected;
}

export interface VerdictWords {
  readonly tone: 'good' | 'bad' | 'neutral' | 'warning';
  readonly title: string;
  readonly sentence: string;
}

/** The verdict for someone who never studied statistics. */
export function tellVerdict(verdict: LiftVerdict, locale: Locale): VerdictWords {
  const isKorean = locale === 'ko';
  switch (verdict.kind) {
    case 'split-suspect':
      return {
        tone: 'warning',
        title: isKorean ? '결과를 믿을 수 없습니다' : 'Do not trust these results',
        sentence: isKorean
          ? '노출군과 대조군이 설정한 비율대로 나뉘지 않았습니다. 원인을 찾기 전까지 효과를 보여 드리지 않습니다. 기간 중 대조군 비율을 바꾸지 않았는지, 스크립트가 일부 사람에게서 막히지 않았는지 확인하세요.'
          : 'The two arms are not split as set, so the lift is not shown until the cause is found. Check whether the holdout share was changed in this period, or whether the script fails for some people.',
      };
    case 'no-holdout':
      return {
        tone: 'neutral',
        title: isKorean ? '효과를 잴 수 없습니다' : 'The effect cannot be measured',
        sentence: isKorean
          ? '이 캠페인에는 대조군이 없어, 메시지가 없었다면 어땠을지 비교할 수 없습니다.'
          : 'This campaign has no holdout, so there is nobody to compare with.',
      };
    case 'too-early':
      return {
        tone: 'neutral',
        title: isKorean ? '아직 판단하기에 이릅니다' : 'Not enough data yet',
        sentence: isKorean
          ? '두 집단의 인원이나 전환이 아직 적어, 지금 보이는 차이는 우연일 수 있습니다. 조금 더 기다리거나 기간을 더 길게 잡아 주세요.'
          : 'There are too few people or conversions in the arms so far; any difference could be chance. Give it more time, or choose a longer period.',
      };
    case 'uplift':
      return {
        tone: 'good',
        title: isKorean ? '효과가 있습니다' : 'It works',
        sentence: isKorean
          ? `보여 준 사람들의 전환율이 대조군보다 ${pointsOf(verdict.absolute, locale)} 높았고, 우연이라고 보기 어렵습니다.`
          : `Those shown converted ${pointsOf(verdict.absolute, locale)} more than the holdout, and chance is an unlikely explanation.`,
      };
    case 'drop':
      return {
        tone: 'bad',
        title: isKorean ? '오히려 전환이 줄었습니다' : 'It does harm',
        sentence: isKorean
          ? `보여 준 사람들의 전환율이 대조군보다 ${pointsOf(verdict.absolute, locale)} 낮았고, 우연이라고 보기 어렵습니다. 캠페인을 멈추는 것을 고려하세요.`
          : `Those shown converted ${pointsOf(verdict.absolute, locale)} less than the holdout, and chance is an unlikely explanation. Consider turning it off.`,
      };
    case 'inconclusive':
      return {
        tone: 'neutral',
        title: isKorean ? '뚜렷한 차이가 없습니다' : 'No clear difference',
        sentence: isKorean
          ? '두 집단의 차이가 우연으로 설명될 수 있는 범위 안에 있습니다. 효과가 없거나, 있더라도 지금 인원으로 알아보기에는 작습니다.'
          : 'The difference between the arms is within what chance would do. There is no effect, or one too small to tell with this many people.',
      };
    default:
      return unreachable(verdict);
  }
}

function pointsOf(absolute: number, locale: Locale): string {
  const points = formatPoints(Math.abs(absolute), locale).replace('+', '');
  return locale === 'ko' ? `${points}%p` : `${points} points`;
}

/** `12.3% → 14.5%`, holdout first, as the change reads. */
export function tellRates(holdout: ArmResult, treatment: ArmResult, locale: Locale): string {
  return `${formatShare(holdout.rate, locale, 2)} → ${formatShare(treatment.rate, locale, 2)}`;
}
