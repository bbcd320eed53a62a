import type { Campaign } from '@tenth/model/campaign.ts';
import type { Format, RenderedContent } from '@tenth/model/content.ts';
import type { CampaignId, VariantId } from '@tenth/model/ids.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import type { CompiledCondition } from '../evaluate/compile-condition.ts';
import { compileWhole } from '../evaluate/compile-definition.ts';
import { compileFilters, describeFilters, type EventTest } from '../evaluate/event-match.ts';
import type { PlanScope } from '../plan/plan-scope.ts';
import { compileContent } from '../render/content.ts';
import { type CompiledSchedule, compileSchedule } from './schedule.ts';
import { type CompiledTrigger, compileTrigger } from './trigger.ts';

export interface CompiledCampaign {
  readonly id: CampaignId;
  readonly definition: Campaign;
  readonly keys: readonly string[];
  readonly trigger: CompiledTrigger;
  readonly triggerFilters: { readonly passes: EventTest; readonly text: string } | undefined;
  readonly schedule: CompiledSchedule;
  readonly audience: CompiledCondition;
  readonly keepWhile: CompiledCondition | undefined;
  /** Of the messages of one group, one is shown at a time. */
  readonly group: string;
  render(variantId: VariantId, view: object, locale: Locale, now: EpochMs): RenderedContent;
}

/** @throws {DefinitionError} The audience names an unknown segment, or a template does not parse. */
export function compileCampaign(
  campaign: Campaign,
  settings: WorkspaceSettings,
  planScope: PlanScope,
): CompiledCampaign {
  const path = `campaigns.${campaign.id}`;
  const renderers = new Map(
    campaign.variants.map(({ id, content }, index) => [
      id,
      compileContent(content, `${path}.variants[${index}].content`, settings.locale),
    ]),
  );
  // Traces name the place within the campaign; refusals of a definition name the campaign too.
  const scope = planScope.scopeFor({ prefix: `${path}.`, hasEvent: true });
  const trigger = compileTrigger(campaign.trigger);
  return {
    id: campaign.id,
    definition: campaign,
    keys: trigger.keys,
    trigger,
    triggerFilters:
      campaign.triggerFilters === undefined
        ? undefined
        : {
            passes: compileFilters(campaign.triggerFilters),
            text: describeFilters(campaign.triggerFilters),
          },
    schedule: compileSchedule(campaign.schedule, settings.timeZone),
    audience: compileWhole(campaign.audience, 'audience', scope),
    keepWhile:
      campaign.keepWhile === undefined
        ? undefined
        : compileWhole(campaign.keepWhile, 'keepWhile', scope),
    group: campaign.exclusiveGroup ?? groupOf(campaign.format),
    render: (variantId, view, locale, now) => {
      const render = renderers.get(variantId);
      if (render === undefined) {
        throw new Error(`no variant ${variantId} in campaign ${campaign.id}`);
      }
      return render(view, locale, now);
    },
  };
}

/** Overlays take the whole of a visitor's attention, so they share one group. */
function groupOf(format: Format): string {
  switch (format.kind) {
    case 'modal':
    case 'full_screen':
    case 'slide_in':
      return 'overlay';
    case 'inline':
      return `placement:${format.placement ?? format.selector ?? ''}`;
    default:
      return format.kind;
  }
}
