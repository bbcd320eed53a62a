import type { Campaign } from '@tenth/model/campaign.ts';
import type { BrowserSettings, Watch } from '@tenth/model/collect-api.ts';
import type { Condition } from '@tenth/model/condition.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { AttributeId, CampaignId, SegmentId, VariableId } from '@tenth/model/ids.ts';
import { pickText } from '@tenth/model/locale.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import type { Aggregate } from '../aggregate/compile-aggregate.ts';
import { type CompiledCampaign, compileCampaign } from '../decide/compile-campaign.ts';
import type { CapLimits } from '../decide/needed-entries.ts';
import type { CompiledAttribute } from '../evaluate/attribute.ts';
import type { CompiledCondition } from '../evaluate/compile-condition.ts';
import { compileWhole } from '../evaluate/compile-definition.ts';
import { newcomer } from '../evaluate/moment.ts';
import type { CompiledVariable } from '../evaluate/variable.ts';
import { interned } from '../interned.ts';
import type { LocalClock } from '../local-time.ts';
import { AggregateIndex } from './aggregate-index.ts';
import { DefinitionError } from './definition-error.ts';
import { EventIndex } from './event-index.ts';
import { type ListsOfMembers, PlanScope } from './plan-scope.ts';
import { createSegmentIndex, type SegmentIndex } from './segment-index.ts';

export { DefinitionError } from './definition-error.ts';
export type { ListsOfMembers } from './plan-scope.ts';

export interface CompiledSegment {
  readonly id: SegmentId;
  /** In the shop's language. */
  readonly name: string;
  readonly condition: CompiledCondition;
  /** Its place in {@link Plan.segments}. */
  readonly ordinal: number;
}

/** Everything a workspace has published, compiled and indexed by event. Immutable. */
export interface Plan {
  readonly version: number;
  readonly settings: WorkspaceSettings;
  /** The shop's. */
  readonly clock: LocalClock;
  readonly browserSettings: BrowserSettings;
  /** By id. */
  readonly aggregates: ReadonlyMap<string, Aggregate>;
  readonly campaigns: ReadonlyMap<CampaignId, CompiledCampaign>;
  readonly variables: ReadonlyMap<VariableId, CompiledVariable>;
  readonly attributes: ReadonlyMap<AttributeId, CompiledAttribute>;
  readonly segments: readonly CompiledSegment[];
  /** Segments that hold for every person of whom nothing is known but that they have come. */
  segmentsOfNewcomers(): readonly CompiledSegment[];
  segment(id: SegmentId): CompiledSegment | undefined;
  readonly segmentIndex: SegmentIndex;
  /** Aggregates that the event matches. */
  aggregatesFor(event: SiteEvent): readonly Aggregate[];
  readonly capLimits: CapLimits;
  /** Live campaigns that the event can trigger, the highest priority first. */
  campaignsFor(event: SiteEvent): readonly CompiledCampaign[];
}

/**
 * Compiles what a workspace has published.
 *
 * @param lists Members of its lists; nobody is in a list that is not among them.
 * @throws {DefinitionError} An id stands twice, something is named that there is not, references go in
 *   a circle, conditions are too many or too deep, a template does not parse.
 */
export function compilePlan(definition: PlanDefinition, lists: ListsOfMembers = new Map()): Plan {
  refuseDoubles('segments', definition.segments);
  refuseDoubles('variables', definition.variables);
  refuseDoubles('attributes', definition.attributes);
  refuseDoubles('lists', definition.lists);
  refuseDoubles('campaigns', definition.campaigns);
  const scope = new PlanScope(definition, lists);

  const { locale } = definition.settings;
  for (const { segment } of definition.preparing) {
    // For what it counts; nothing evaluates it yet.
    compileWhole(segment.condition, `segments.${segment.id}.condition`, scope.people);
  }
  const segments = evaluatedSegments(definition).map(({ id, name }, ordinal) => ({
    id: interned(id),
    name: pickText(name, locale, locale),
    ordinal,
    condition: scope.segment(id, `segments.${id}`),
  }));
  const variables = definition.variables.map(({ id }) => scope.variable(id, `variables.${id}`));
  const attributes = definition.attributes.map(({ id }) => scope.attribute(id, `attributes.${id}`));
  const campaigns = definition.campaigns
    .map((campaign) => compileCampaign(campaign, definition.settings, scope))
    .sort(byPriority);
  const campaignsById = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const campaignIndex = new EventIndex<CompiledCampaign>();
  for (const campaign of campaigns) {
    if (campaign.definition.status === 'live') {
      for (const key of campaign.keys) {
        campaignIndex.add(key, campaign);
      }
    }
  }
  const segmentsById = new Map(segments.map((segment) => [segment.id, segment]));
  const segmentIndex = createSegmentIndex(segments);
  const aggregateIndex = new AggregateIndex(scope.aggregates.values());

  return {
    version: definition.version,
    settings: definition.settings,
    clock: scope.clock,
    browserSettings: {
      version: definition.version,
      watches: watchesOf(definition.campaigns),
      brand: definition.settings.brand,
      takeOverDataLayer: definition.settings.takeOverDataLayer,
      locale: definition.settings.locale,
    },
    aggregates: scope.aggregates,
    campaigns: campaignsById,
    capLimits: {
      personCaps: definition.settings.personCaps,
      capsOf: (id) => campaignsById.get(id)?.definition.caps,
      // What a campaign that is gone has shown counts on.
      countsTowardsPersonCaps: (id) =>
        campaignsById.get(id)?.definition.countsTowardsPersonCaps !== false,
    },
    variables: new Map(variables.map((variable) => [variable.id, variable])),
    attributes: new Map(attributes.map((attribute) => [attribute.id, attribute])),
    segments,
    segmentsOfNewcomers: once(() => heldByNewcomers(segments, segmentIndex.personal)),
    segment: (id) => segmentsById.get(id),
    segmentIndex,
    aggregatesFor: (event) => aggregateIndex.matching(event),
    campaignsFor: (event) => campaignIndex.get(event),
  };
}

/** All but new ones that are being prepared: nobody can be in these yet. */
function evaluatedSegments({ segments, preparing }: PlanDefinition): PlanDefinition['segments'] {
  const heldBack = new Set(preparing.filter(({ isNew }) => isNew).map(({ segment }) => segment.id));
  return heldBack.size === 0 ? segments : segments.filter(({ id }) => !heldBack.has(id));
}

/** Ids of the aggregates that segments are made of, those being prepared included; not what campaigns alone ask for. */
export function aggregatesOfSegments(definition: PlanDefinition): ReadonlySet<string> {
  const scope = new PlanScope(definition, new Map());
  for (const { id } of definition.segments) {
    scope.segment(id, `segments.${id}`);
  }
  for (const { segment } of definition.preparing) {
    compileWhole(segment.condition, `segments.${segment.id}.condition`, scope.people);
  }
  return new Set(scope.aggregates.keys());
}

/** A condition that is not published, and the aggregates it would need. */
export interface LoneCondition {
  readonly condition: CompiledCondition;
  readonly aggregates: ReadonlyMap<string, Aggregate>;
}

/**
 * Compiles a draft as if it were a segment's condition in what is published.
 *
 * @param path Where the condition stands, for refusals.
 * @throws {DefinitionError} As {@link compilePlan}; a published definition that the draft does not name
 *   is not looked at.
 */
export function compileConditionAlone(
  condition: Condition,
  definition: PlanDefinition,
  path: string,
  lists: ListsOfMembers = new Map(),
): LoneCondition {
  const scope = new PlanScope(definition, lists);
  return {
    condition: compileWhole(condition, path, scope.people),
    aggregates: scope.aggregates,
  };
}

/** What holds for such a person holds at all times: the clock aside, there is no time that it looks at. */
function heldByNewcomers(
  segments: readonly CompiledSegment[],
  personal: readonly CompiledSegment[],
): readonly CompiledSegment[] {
  const left = new Set(personal);
  return segments.filter((segment) => !left.has(segment) && segment.condition.holds(newcomer));
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
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
