import { unreachable } from '@tenth/model/brand.ts';
import type { Condition } from '@tenth/model/condition.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { ReferenceNames, SegmentNames } from './condition-names.ts';
import { describeLeaf } from './describe-leaf.ts';

/** A condition laid out for reading: lines, and groups of lines that hold all or any. */
export type ConditionOutline =
  | { readonly kind: 'line'; readonly text: string }
  | {
      readonly kind: 'group';
      readonly join: 'all' | 'any' | 'none';
      readonly items: readonly ConditionOutline[];
    };

const words = {
  ko: { and: ' 그리고 ', or: ' 또는 ', everyone: '모든 사람', nobody: '해당 없음' },
  en: { and: ' and ', or: ' or ', everyone: 'everyone', nobody: 'nobody' },
} as const;

/** The headings of the groups of an outline. */
export const joinNames = {
  ko: { all: '모두 충족', any: '하나 이상 충족', none: '다음에 해당하지 않음' },
  en: { all: 'all of', any: 'any of', none: 'none of' },
} as const;

/** The same text as {@link describeCondition}, with its groups kept apart for drawing. */
export function outlineCondition(
  condition: Condition,
  locale: Locale,
  segmentNames: SegmentNames = new Map(),
  others: ReferenceNames = {},
): ConditionOutline {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const [only, second] = condition.of;
      if (only === undefined) {
        // An empty `all` holds for everyone, an empty `any` for nobody.
        return {
          kind: 'line',
          text: words[locale][condition.kind === 'all' ? 'everyone' : 'nobody'],
        };
      }
      if (second === undefined) {
        return outlineCondition(only, locale, segmentNames, others);
      }
      return {
        kind: 'group',
        join: condition.kind,
        items: condition.of.map((part) => outlineCondition(part, locale, segmentNames, others)),
      };
    }
    case 'not':
      return {
        kind: 'group',
        join: 'none',
        items: [outlineCondition(condition.of, locale, segmentNames, others)],
      };
    default:
      return {
        kind: 'line',
        text: describeLeaf(condition, locale, { ...others, segments: segmentNames }),
      };
  }
}

/** A condition in one sentence: `회원 그리고 (장바구니 금액이 20,000원 이상 또는 첫 방문자)`. */
export function describeCondition(
  condition: Condition,
  locale: Locale,
  segmentNames: SegmentNames = new Map(),
  others: ReferenceNames = {},
): string {
  return flatten(outlineCondition(condition, locale, segmentNames, others), locale, true);
}

function flatten(outline: ConditionOutline, locale: Locale, isOutermost: boolean): string {
  if (outline.kind === 'line') {
    return outline.text;
  }
  switch (outline.join) {
    case 'none': {
      const inner = outline.items.map((item) => flatten(item, locale, true)).join(words[locale].or);
      return locale === 'ko' ? `(${inner})에 해당하지 않음` : `not (${inner})`;
    }
    case 'all':
    case 'any': {
      const joint = outline.join === 'all' ? words[locale].and : words[locale].or;
      const text = outline.items.map((item) => flatten(item, locale, false)).join(joint);
      return isOutermost ? text : `(${text})`;
    }
    default:
      return unreachable(outline.join);
  }
}
