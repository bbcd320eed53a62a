import { unreachable } from '@tenth/model/brand.ts';
import type {
  ExplainedCampaign,
  ExplainedCondition,
  NeededChange,
} from '@tenth/model/explanation.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { formatMoment } from './format-time.ts';
import { formatShare } from './format-value.ts';
import { particle } from './korean-particle.ts';
import { quote } from './names.ts';
import { readShortCondition, type ShortWords, showSeen } from './short-condition.ts';

export interface ChangeWords extends ShortWords {
  readonly campaignNames: ReadonlyMap<string, string>;
}

type Leaf = Extract<ExplainedCondition, { kind: 'leaf' }>;

/** The leaves of everything that a campaign asked for, by their place in the definition. */
export function leavesOf(
  campaign: Pick<ExplainedCampaign, 'trigger' | 'audience' | 'keepWhile'>,
): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const visit = (node: ExplainedCondition): void => {
    switch (node.kind) {
      case 'leaf':
        leaves.set(node.path, node);
        return;
      case 'all':
      case 'any':
        node.of.forEach(visit);
        return;
      case 'not':
      case 'named':
        visit(node.of);
        return;
      default:
        unreachable(node);
    }
  };
  for (const root of [campaign.trigger, campaign.audience, campaign.keepWhile]) {
    if (root !== null) {
      visit(root);
    }
  }
  return leaves;
}

/** One thing that would have had to be different, in a sentence. Pure. */
export function describeChange(
  change: NeededChange,
  leaves: ReadonlyMap<string, Leaf>,
  words: ChangeWords,
): string {
  const { locale } = words;
  const isKorean = locale === 'ko';
  switch (change.kind) {
    case 'fact':
      return describeFact(change, leaves, words);
    case 'event': {
      const leaf = leaves.get(change.path);
      const event = leaf === undefined ? undefined : readShortCondition(leaf.condition, words);
      if (event === undefined) {
        return isKorean ? '다른 이벤트가 있어야 합니다.' : 'Another event had to happen.';
      }
      return isKorean
        ? `“${event}”에 맞는 이벤트가 있어야 합니다.`
        : `An event of this kind had to happen: ${event}.`;
    }
    case 'status':
      return isKorean ? '캠페인이 켜져 있어야 합니다.' : 'The campaign had to be live.';
    case 'schedule':
      return describeOpening(change.opensAt, words);
    case 'cap':
      return describeRelease(change.freesAt, words);
    case 'rival': {
      const rival = quote(words.campaignNames.get(change.campaignId) ?? change.campaignId, locale);
      return isKorean
        ? `${rival} 캠페인이 자리를 차지하지 않아야 합니다.`
        : `Campaign ${rival} had to leave the place free.`;
    }
    case 'holdout': {
      const share = formatShare(change.share, locale);
      return isKorean
        ? `대조군(${share})에 속한 사람이라 무엇을 해도 보이지 않습니다.`
        : `This person is in the holdout (${share}); nothing they do changes that.`;
    }
    case 'template':
      return isKorean ? '메시지 내용을 고쳐야 합니다.' : 'The content has to be mended.';
    case 'impossible':
      return isKorean
        ? '조건이 서로 맞지 않거나 정해진 비율의 사람에게만 해당해, 바꿀 수 있는 것이 없습니다.'
        : 'The conditions exclude one another or rest on a fixed share of people; nothing would do.';
    default:
      return unreachable(change);
  }
}

/** What is needed, and what was there instead. */
function describeFact(
  change: Extract<NeededChange, { kind: 'fact' }>,
  leaves: ReadonlyMap<string, Leaf>,
  words: ChangeWords,
): string {
  const isKorean = words.locale === 'ko';
  const needs = change.paths.flatMap((path) => leaves.get(path) ?? []);
  const [first] = needs;
  if (first === undefined) {
    return change.says;
  }
  const needed = needs.map(({ condition }) => readShortCondition(condition, words));
  const list = isKorean ? needed.map((one) => `“${one}”`).join(', ') : needed.join('; ');
  const saw = showSeen(change.from, first.condition, words);
  if (isKorean) {
    const must = `${list}${particle(needed.at(-1) ?? '', '이어야/여야')} 합니다.`;
    return saw === undefined ? must : `${must} 그때는 ${saw}.`;
  }
  return saw === undefined ? `Needed: ${list}.` : `Needed: ${list}. It was ${saw}.`;
}

function describeOpening(opensAt: string | null, { locale, timeZone }: ChangeWords): string {
  if (opensAt === null) {
    return locale === 'ko' ? '캠페인 기간이 끝났습니다.' : 'The campaign’s time is over.';
  }
  const at = formatMoment(opensAt, locale, timeZone);
  return locale === 'ko' ? `${at}부터 가능합니다.` : `It runs again from ${at}.`;
}

function describeRelease(freesAt: string | null, { locale, timeZone }: ChangeWords): string {
  if (freesAt === null) {
    return locale === 'ko'
      ? '노출 한도가 다시 풀리지 않습니다.'
      : 'The cap’s place is not given back.';
  }
  const at = formatMoment(freesAt, locale, timeZone);
  return locale === 'ko'
    ? `노출 한도가 풀리는 ${at} 이후여야 합니다.`
    : `It had to be after ${at}, when a place under the cap is free.`;
}

/** Whether nothing that the person does, and no waiting, would have brought it about. */
export function describeHopeless(locale: Locale): string {
  return locale === 'ko'
    ? '고객의 행동이나 시간이 지나는 것만으로는 바뀌지 않습니다.'
    : 'Neither the person’s doing nor waiting would have changed it.';
}
