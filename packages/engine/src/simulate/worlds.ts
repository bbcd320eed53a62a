import type { CampaignId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { SimulationRequest } from '@tenth/model/simulation.ts';
import { compilePlan, type ListsOfMembers } from '../plan/plan.ts';
import { countAlike, isSame, type TwoPlans } from './counted-alike.ts';
import { namedIn } from './named-in.ts';

/** What is tried out, of a request. */
export type Tried = Pick<SimulationRequest, 'campaign' | 'segments' | 'personCaps'>;

/** Both plans of every version that history was run with. */
export interface Worlds {
  /** @throws {Error} The version is not among those compiled. */
  plansOf(version: number): TwoPlans;
  /** The campaign that is tried out, if one is. */
  readonly campaignId: CampaignId | undefined;
  /** Both plans keep the same figures of a person, so that one profile serves both until they part. */
  readonly isSameState: boolean;
  /** Nothing is tried out but the one campaign. */
  readonly isCampaignAlone: boolean;
}

export interface Published {
  /** Every version that history was run with. */
  readonly definitions: readonly PlanDefinition[];
  /**
   * What is published now: what is tried out may name segments and the like that an older version did
   * not have yet, which are taken from here.
   */
  readonly latest: PlanDefinition;
  /** Members of the lists, by id. */
  readonly members: ListsOfMembers;
}

/**
 * Compiles what each version was, and what it would have been.
 *
 * @throws {DefinitionError} What is tried out does not compile.
 */
export function compileWorlds({ definitions, latest, members }: Published, tried: Tried): Worlds {
  // Checked also where the period has no events.
  compilePlan(withTried(latest, latest, tried), members);
  const both = definitions.map((was) => ({ was, would: withTried(was, latest, tried) }));
  const alike = countAlike(both, members);
  const plans =
    alike ??
    both.map(({ was, would }) => ({
      was: compilePlan(was, members),
      would: compilePlan(would, members),
    }));
  const byVersion = new Map(plans.map((one) => [one.was.version, one]));
  return {
    plansOf(version) {
      const found = byVersion.get(version);
      if (found === undefined) {
        throw new Error(`the plan of version ${version} was not given`);
      }
      return found;
    },
    campaignId: tried.campaign?.id,
    isSameState: alike !== undefined || plans.every(isSame),
    isCampaignAlone: tried.segments.length === 0 && tried.personCaps === undefined,
  };
}

/** A published definition with what is tried out in it; the campaign is live. */
export function withTried(
  definition: PlanDefinition,
  latest: PlanDefinition,
  { campaign, segments, personCaps }: Tried,
): PlanDefinition {
  const needed = namedIn({ campaign, segments }, latest);
  return {
    ...definition,
    settings:
      personCaps === undefined ? definition.settings : { ...definition.settings, personCaps },
    segments: withItems(withMissing(definition.segments, needed.segments), segments),
    variables: withMissing(definition.variables, needed.variables),
    attributes: withMissing(definition.attributes, needed.attributes),
    lists: withMissing(definition.lists, needed.lists),
    campaigns:
      campaign === undefined
        ? definition.campaigns
        : withItems(definition.campaigns, [{ ...campaign, status: 'live' }]),
  };
}

interface WithId {
  readonly id: string;
}

function withItems<Item extends WithId>(items: readonly Item[], changed: readonly Item[]): Item[] {
  const ids = new Set(changed.map(({ id }) => id));
  return [...items.filter(({ id }) => !ids.has(id)), ...changed];
}

function withMissing<Item extends WithId>(items: readonly Item[], source: readonly Item[]): Item[] {
  const ids = new Set(items.map(({ id }) => id));
  return [...items, ...source.filter(({ id }) => !ids.has(id))];
}
