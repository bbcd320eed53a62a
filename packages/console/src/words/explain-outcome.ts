import { unreachable } from '@tenth/model/brand.ts';
import type { CampaignOutcome, CapKind } from '@tenth/model/decision.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { formatCount, formatShare } from './format-value.ts';
import { particle, withParticle } from './korean-particle.ts';
import { quote } from './names.ts';
import { readShortCondition, type ShortWords, showSeen } from './short-condition.ts';

export interface Explanation {
  /** How it went for the campaign: on screen, deliberately not, or not. */
  readonly tone: 'shown' | 'withheld' | 'not-shown';
  /** Two or three words for a badge. */
  readonly label: string;
  /** What happened and why, for someone who has never seen the definition. */
  readonly sentence: string;
}

/** Names by id, and the workspace's time zone, where they are at hand. */
export interface KnownNames {
  readonly campaigns?: ReadonlyMap<string, string>;
  readonly segments?: ReadonlyMap<string, string>;
  readonly timeZone?: string;
}

type Told<Kind extends CampaignOutcome['kind']> = Extract<CampaignOutcome, { kind: Kind }>;

/**
 * Says in a sentence what became of one campaign at one moment, and what stood in its way.
 * Pure; every kind of outcome has its words in both languages.
 */
export function explainOutcome(
  outcome: CampaignOutcome,
  locale: Locale,
  known: KnownNames = {},
): Explanation {
  const isKorean = locale === 'ko';
  switch (outcome.kind) {
    case 'shown':
      return {
        tone: 'shown',
        label: isKorean ? '노출' : 'Shown',
        sentence: isKorean
          ? `조건을 모두 충족해 ${quote(outcome.variantId, locale)} 소재를 보여 주었습니다.`
          : `Everything was met, so variant ${quote(outcome.variantId, locale)} was shown.`,
      };
    case 'withheld':
      return {
        tone: 'withheld',
        label: isKorean ? '대조군' : 'Holdout',
        sentence: explainHoldout(outcome, locale),
      };
    case 'kept':
      return {
        tone: 'shown',
        label: isKorean ? '계속 노출' : 'Still up',
        sentence: isKorean
          ? '앞서 보여 준 메시지가 여전히 알맞아 그대로 두었습니다.'
          : 'The message shown earlier was still right and stayed up.',
      };
    case 'withdrawn':
      return {
        tone: 'not-shown',
        label: isKorean ? '내림' : 'Withdrawn',
        sentence: isKorean
          ? '떠 있던 메시지가 더는 상황에 맞지 않아 내렸습니다.'
          : 'The message that was up no longer fitted and was taken away.',
      };
    case 'failed':
      return explainFailure(outcome, {
        locale,
        timeZone: known.timeZone ?? 'UTC',
        segmentNames: known.segments ?? new Map(),
      });
    case 'capped':
      return {
        tone: 'not-shown',
        label: isKorean ? '한도 도달' : 'Cap reached',
        sentence: explainCap(outcome, locale),
      };
    case 'crowded_out': {
      const rival = quote(known.campaigns?.get(outcome.by) ?? outcome.by, locale);
      return {
        tone: 'not-shown',
        label: isKorean ? '다른 캠페인에 양보' : 'Another came first',
        sentence: isKorean
          ? `같은 자리를 두고 우선순위가 앞선 ${rival} 캠페인이 먼저 보였습니다.`
          : `Campaign ${rival} goes before it and took the place that both wanted.`,
      };
    }
    case 'not_rendered':
      return {
        tone: 'not-shown',
        label: isKorean ? '내용 오류' : 'Not drawable',
        sentence: isKorean
          ? `메시지 내용을 만들 수 없어 보여 주지 못했습니다: ${outcome.reason}`
          : `The content could not be made for this person: ${outcome.reason}`,
      };
    default:
      return unreachable(outcome);
  }
}

function explainHoldout({ probability }: Told<'withheld'>, locale: Locale): string {
  const share = formatShare(probability, locale);
  return locale === 'ko'
    ? `조건을 충족했지만 효과를 재기 위한 대조군(${share})에 들어 일부러 보여 주지 않았습니다.`
    : `Everything was met, but this person is in the holdout (${share}) and was deliberately not shown it, so that the effect can be measured.`;
}

const failLabels = {
  ko: { schedule: '일정 밖', trigger: '시작 조건 불일치', audience: '대상 아님' },
  en: { schedule: 'Off schedule', trigger: 'Not its moment', audience: 'Not in audience' },
} as const;

function explainFailure(outcome: Told<'failed'>, words: ShortWords): Explanation {
  const { locale } = words;
  const needed = readShortCondition(outcome.condition, words);
  const saw = showSeen(outcome.saw, outcome.condition, words);
  const isClaim = typeof outcome.saw === 'boolean';
  return {
    tone: 'not-shown',
    label: failLabels[locale][outcome.stage],
    sentence: `${stageSentences[locale][outcome.stage]} ${
      locale === 'ko' ? neededInKorean(needed, saw, isClaim) : neededInEnglish(needed, saw, isClaim)
    }`,
  };
}

const stageSentences = {
  ko: {
    schedule: '캠페인 일정에 맞지 않는 때였습니다.',
    trigger: '시작 조건에 맞는 순간이 아니었습니다.',
    audience: '대상에 해당하지 않았습니다.',
  },
  en: {
    schedule: 'It was outside the campaign’s schedule.',
    trigger: 'It was not the moment the campaign waits for.',
    audience: 'This person was not in the audience.',
  },
} as const;

function neededInKorean(needed: string, saw: string | undefined, isClaim: boolean): string {
  const must = `“${needed}”${particle(needed, '이어야/여야')} 하는데`;
  if (saw !== undefined) {
    return `${must} 실제로는 ${withParticle(saw, '이었/였')}습니다.`;
  }
  return isClaim ? `${must} 그렇지 않았습니다.` : `${must} 값이 없었습니다.`;
}

function neededInEnglish(needed: string, saw: string | undefined, isClaim: boolean): string {
  if (saw !== undefined) {
    return `Needed: ${needed}. Found: ${saw}.`;
  }
  return isClaim ? `Needed: ${needed}, which was not so.` : `Needed: ${needed}. Found: no value.`;
}

const capSpans: Readonly<Record<Locale, Readonly<Record<CapKind, string>>>> = {
  ko: {
    campaign_session: '이 캠페인은 한 번의 방문에',
    campaign_day: '이 캠페인은 24시간에',
    campaign_week: '이 캠페인은 7일에',
    campaign_ever: '이 캠페인은 한 사람에게 통틀어',
    person_session: '한 사람이 받는 메시지는 한 번의 방문에',
    person_day: '한 사람이 받는 메시지는 24시간에',
    person_week: '한 사람이 받는 메시지는 7일에',
  },
  en: {
    campaign_session: 'in one visit',
    campaign_day: 'in 24 hours',
    campaign_week: 'in 7 days',
    campaign_ever: 'ever',
    person_session: 'in one visit',
    person_day: 'in 24 hours',
    person_week: 'in 7 days',
  },
};

/** Which cap was reached, and by how many. */
export function explainCap(
  { cap, limit, count }: Pick<Told<'capped'>, 'cap' | 'limit' | 'count'>,
  locale: Locale,
): string {
  const most = formatCount(limit, locale);
  const had = formatCount(count, locale);
  const span = capSpans[locale][cap];
  if (locale === 'ko') {
    return `${span} ${most}번까지인데, 이미 ${had}번을 채웠습니다.`;
  }
  const what = cap.startsWith('campaign') ? 'This campaign may come' : 'A person may get';
  const unit = cap.startsWith('campaign') ? `${most}×` : `${most} messages`;
  return `${what} at most ${unit} ${span}, and ${had} had been counted already.`;
}
