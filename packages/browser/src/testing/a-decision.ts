import type { Format, RenderedContent } from '@tenth/model/content.ts';
import type { Decision } from '@tenth/model/decision.ts';

type Show = Extract<Decision, { action: 'show' }>;

/** A decision to show a modal in ten minutes' time, unless told otherwise. */
export function aDecision(
  parts: {
    readonly id?: string;
    readonly action?: 'show' | 'update';
    readonly format?: Format;
    readonly content?: Partial<RenderedContent>;
    readonly expiresAt?: number;
    readonly staysOverPages?: boolean;
    /** The event that brought it about. */
    readonly messageId?: string;
  } = {},
): Decision {
  const decision = {
    action: parts.action ?? 'show',
    decisionId: parts.id ?? '00000000000000d1',
    campaignId: 'spring',
    variantId: 'a',
    messageId: parts.messageId ?? 'm1',
    format: parts.format ?? { kind: 'modal', fullScreenOnPhones: false },
    content: { locale: 'ko', title: '봄맞이 혜택', ...parts.content },
    expiresAt: parts.expiresAt ?? Date.now() + 600_000,
    // An update is always of one that stays, and does not say so.
    ...(parts.action === 'update' ? {} : { staysOverPages: parts.staysOverPages ?? false }),
  };
  // The ids are branded: in the model only its schemas make them.
  return decision as Show;
}

export function aWithdrawal(id = '00000000000000d1'): Decision {
  return {
    action: 'withdraw',
    decisionId: id,
    campaignId: 'spring',
    messageId: 'm2',
  } as Decision;
}
