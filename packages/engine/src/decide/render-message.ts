import type { RenderedContent } from '@tenth/model/content.ts';
import type { CampaignOutcome } from '@tenth/model/decision.ts';
import type { VariantId } from '@tenth/model/ids.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { CompiledCampaign } from './compile-campaign.ts';

type Rendered =
  | { readonly kind: 'rendered'; readonly content: RenderedContent }
  | Extract<CampaignOutcome, { kind: 'not_rendered' }>;

/**
 * One message for one person. A template can fail on a value nobody foresaw, or run over its budget: the
 * person then gets nothing of this campaign, the trace says why, and all else goes on.
 */
export function renderMessage(
  campaign: CompiledCampaign,
  variantId: VariantId,
  { view, locale, now }: { readonly view: object; readonly locale: Locale; readonly now: EpochMs },
): Rendered {
  try {
    return { kind: 'rendered', content: campaign.render(variantId, view, locale, now) };
  } catch (cause) {
    return { kind: 'not_rendered', reason: cause instanceof Error ? cause.message : 'unknown' };
  }
}
