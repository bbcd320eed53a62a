import type { Campaign } from '@tenth/model/campaign.ts';
import type { BrowserSettings, Watch } from '@tenth/model/collect-api.ts';
import { eventKey, type SiteEvent } from '@tenth/model/event.ts';
import type { CampaignId, SegmentId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import { type CompiledCampaign, compileCampaign } from '../decide/compile-campaign.ts';
import {
  type CompiledCondition,
  type ConditionScope,
  compileCondition,
} from '../evaluate/compile-condition.ts';
import { dependenciesOf } from '../evaluate/dependencies.ts';
import { type Aggregate, compileAggregate } from './aggregate.ts';
import { DefinitionError } from './definition-error.ts';
import { EventIndex } from './event-index.ts';

export { DefinitionError } from './definition-error.ts';

export interface CompiledSegment {
  readonly id: SegmentId;
  readonly condition: CompiledCondition;
}

/** Everything a workspace has published, compiled and indexed by event. Immutable. */
export interface Plan {
  readonly version: number;
  readonly settings: WorkspaceSettings;
  readonly browserSettings: BrowserSettings;
  readonly aggregates: ReadonlyMap<string, Aggregate>;
  readonly campaigns: ReadonlyMap<CampaignId, CompiledCampaign>;
  readonly segments: readonly CompiledSegment[];
  readonly segmentsOnSession: readonly CompiledSegment[];
  readonly segmentsOnIdentity: readonly CompiledSegment[];
  hasSegment(id: SegmentId): boolean;
  aggregatesFor(event: SiteEvent): readonly Aggregate[];
  segmentsFor(event: SiteEvent): readonly CompiledSegment[];
  /** Live campaigns that the event can trigger, the highest priority first. */
  campaignsFor(event: SiteEvent): readonly CompiledCampaign[];
}

/**
 * Compiles what a workspace has published.
 *
 * @throws {DefinitionError} An id stands twice, a segment is unknown or part of a cycle, a template does not parse.
 */
export function compilePlan(definition: PlanDefinition): Plan {
  refuseDoubles('segments', definition.segments);
  refuseDoubles('campaigns', definition.campaigns);
  const scope = new PlanScope(definition);

  const segments: CompiledSegment[] = [];
  const segmentIndex = new EventIndex<CompiledSegment>();
  const segmentsOnSession: CompiledSegment[] = [];
  const segmentsOnIdentity: CompiledSegment[] = [];
  for (const { id, condition } of definition.segments) {
    const compiled = { id, condition: scope.segment(id, `segments.${id}`) };
    segments.push(compiled);
    const on = dependenciesOf(condition, (inner) => scope.segmentCondition(inner));
    for (const key of on.keys) {
      segmentIndex.add(key, compiled);
    }
    if (on.onSession) {
      segmentsOnSession.push(compiled);
    }
    if (on.onIdentity) {
      segmentsOnIdentity.push(compiled);
    }
  }

  const campaigns = definition.campaigns
    .map((campaign) => compileCampaign(campaign, definition.settings, scope))
    .sort(byPriority);
  const campaignIndex = new EventIndex<CompiledCampaign>();
  for (const campaign of campaigns) {
    if (campaign.definition.status === 'live') {
      for (const key of campaign.keys) {
        campaignIndex.add(key, campaign);
      }
    }
  }

  const aggregateIndex = new EventIndex<Aggregate>();
  for (const aggregate of scope.aggregates.values()) {
    aggregateIndex.add(aggregate.key, aggregate);
  }

  return {
    version: definition.version,
    settings: definition.settings,
    browserSettings: {
      version: definition.version,
      watches: watchesOf(definition.campaigns),
      brand: definition.settings.brand,
      takeOverDataLayer: definition.settings.takeOverDataLayer,
      locale: definition.settings.locale,
    },
    aggregates: scope.aggregates,
    campaigns: new Map(campaigns.map((campaign) => [campaign.id, campaign])),
    segments,
    segmentsOnSession,
    segmentsOnIdentity,
    hasSegment: (id) => scope.segmentCondition(id) !== undefined,
    aggregatesFor: (event) => aggregateIndex.get(eventKey(event), event.type === 'track'),
    segmentsFor: (event) => segmentIndex.get(eventKey(event), event.type === 'track'),
    campaignsFor: (event) => campaignIndex.get(eventKey(event), event.type === 'track'),
  };
}

function byPriority(left: CompiledCampaign, right: CompiledCampaign): number {
  return right.definition.priority - left.definition.priority || (left.id < right.id ? -1 : 1);
}

function refuseDoubles(path: string, items: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) {
      throw new DefinitionError(`${path}.${id}`, `the id ${id} stands twice`);
    }
    seen.add(id);
  }
}

/** Compiles the segments on demand, each once, and collects the aggregates that conditions ask for. */
class PlanScope implements ConditionScope {
  readonly aggregates = new Map<string, Aggregate>();
  readonly #segments: ReadonlyMap<string, PlanDefinition['segments'][number]>;
  readonly #compiled = new Map<string, CompiledCondition>();
  readonly #underWay: string[] = [];

  constructor(definition: PlanDefinition) {
    this.#segments = new Map(definition.segments.map((segment) => [segment.id, segment]));
  }

  readonly aggregateOf: ConditionScope['aggregateOf'] = ({ event, window }) => {
    const aggregate = compileAggregate(event, window);
    const known = this.aggregates.get(aggregate.id);
    if (known !== undefined) {
      return known;
    }
    this.aggregates.set(aggregate.id, aggregate);
    return aggregate;
  };

  segmentCondition(id: string) {
    return this.#segments.get(id)?.condition;
  }

  segment(id: SegmentId, path: string): CompiledCondition {
    const known = this.#compiled.get(id);
    if (known !== undefined) {
      return known;
    }
    const segment = this.#segments.get(id);
    if (segment === undefined) {
      throw new DefinitionError(path, `there is no segment ${id}`);
    }
    if (this.#underWay.includes(id)) {
      throw new DefinitionError(
        path,
        `segments refer to each other in a circle: ${[...this.#underWay, id].join(' -> ')}`,
      );
    }
    this.#underWay.push(id);
    const compiled = compileCondition(segment.condition, `segments.${id}.condition`, this);
    this.#underWay.pop();
    this.#compiled.set(id, compiled);
    return compiled;
  }
}

/** What the browser must look out for: the client-side triggers of live campaigns, each once. */
function watchesOf(campaigns: readonly Campaign[]): Watch[] {
  const watches = new Map<string, Watch>();
  for (const { status, trigger } of campaigns) {
    if (
      status === 'live' &&
      trigger.kind !== 'event' &&
      trigger.kind !== 'page_count' &&
      trigger.kind !== 'cart_band'
    ) {
      watches.set(JSON.stringify(trigger), trigger);
    }
  }
  return [...watches.values()];
}
