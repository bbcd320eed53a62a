import type { CampaignReport } from '@tenth/model/report.ts';
import type { Messages } from '../../messages/catalogue.ts';

export interface FunnelStep {
  readonly kind: 'qualified' | 'shown' | 'seen' | 'clicked' | 'converted' | 'withheld';
  readonly name: string;
  readonly hint: string;
  readonly count: number;
  /** Of the step it came from, in words; empty for the first. */
  readonly share: string;
  /** Of the qualified, 0 to 1. */
  readonly width: number;
}

/** Each step with its share of the one it came from: clicks of those who saw, conversions of those shown. */
export function funnelSteps(
  people: CampaignReport['people'],
  messages: Messages['report'],
  format: (share: number) => string,
): readonly FunnelStep[] {
  const origins = {
    qualified: undefined,
    shown: [people.qualified, messages.ofQualified],
    seen: [people.shown, messages.ofShown],
    clicked: [people.seen, messages.ofSeen],
    converted: [people.shown, messages.ofShown],
    withheld: [people.qualified, messages.ofQualified],
  } as const;
  const kinds = ['qualified', 'shown', 'seen', 'clicked', 'converted', 'withheld'] as const;
  return kinds.map((kind) => {
    const count = people[kind];
    const [whole, words] = origins[kind] ?? [];
    return {
      kind,
      name: messages[kind],
      hint: messages[`${kind}Hint`],
      count,
      share:
        whole === undefined || words === undefined || whole === 0
          ? ''
          : words(format(count / whole)),
      width: people.qualified === 0 ? 0 : Math.min(1, count / people.qualified),
    };
  });
}
