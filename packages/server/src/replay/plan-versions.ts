import type { ListMembers } from '@tenth/engine/evaluate/condition-scope.ts';
import {
  compileConditionAlone,
  compilePlan,
  DefinitionError,
  type ListsOfMembers,
  type Plan,
} from '@tenth/engine/plan/plan.ts';
import type { CountedAnew } from '@tenth/engine/replay/counted-anew.ts';
import type { PlanOfVersion } from '@tenth/engine/replay/replay.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Segment } from '@tenth/model/segment.ts';
import { LRUCache } from 'lru-cache';
import { type CountedSegment, type CountedSegments, SettledSegments } from './counted-anew.ts';

/** What was published as a version; every one ever published is kept. */
export interface PlanVersionStore {
  find(workspaceId: WorkspaceId, version: number): Promise<PlanDefinition | undefined>;
}

/** The lists in use now, by id. Members of versions that were replaced are not kept. */
export type PresentLists<Members extends ListMembers = ListMembers> = ReadonlyMap<
  string,
  { readonly version: number; readonly members: Members }
>;

/** What a replay runs with. */
export interface PastPlans {
  readonly planOf: PlanOfVersion;
  readonly countedAnew: readonly CountedAnew[];
}

/** A plan of 200 campaigns takes a few megabytes compiled. */
const MOST_COMPILED = 20;

/** Past plans; those compiled last stay at hand. */
export class PlanVersions {
  readonly #store: PlanVersionStore;
  readonly #settled: SettledSegments;
  readonly #compiled = new LRUCache<string, Plan>({ max: MOST_COMPILED });

  constructor(store: PlanVersionStore, counted: CountedSegments = { list: async () => [] }) {
    this.#store = store;
    this.#settled = new SettledSegments(store, counted);
  }

  /** @throws {Error} It is not there. */
  async definitionOf(workspaceId: WorkspaceId, version: number): Promise<PlanDefinition> {
    const definition = await this.#store.find(workspaceId, version);
    if (definition === undefined) {
      throw new Error(`plan version ${version} of workspace ${workspaceId} is not there`);
    }
    return definition;
  }

  /**
   * The definitions of these versions, the oldest first, for running everybody's events with what might have
   * been. What was made up later is counted in them from the start: after that, people's profiles were as if
   * it had been.
   *
   * @throws {Error} One of them is not there.
   */
  async definitionsOf(
    workspaceId: WorkspaceId,
    versions: Iterable<number>,
  ): Promise<readonly PlanDefinition[]> {
    const wanted = [...new Set(versions)].sort((left, right) => left - right);
    const settled = await this.#settled.find(workspaceId, wanted.at(-1) ?? 0);
    const counted = settled.map((one) => one.counted);
    const definitions: PlanDefinition[] = [];
    for (const version of wanted) {
      definitions.push(withCounted(await this.definitionOf(workspaceId, version), counted));
    }
    return definitions;
  }

  /**
   * Compiles these versions, so that a replay can ask for any of them, and finds what was made up from the
   * log between them.
   *
   * @throws {Error} One of them is not there.
   */
  async load(
    workspaceId: WorkspaceId,
    versions: Iterable<number>,
    lists: PresentLists,
  ): Promise<PastPlans> {
    const wanted = new Set(versions);
    const settled = await this.#settled.find(workspaceId, Math.max(0, ...wanted));
    const countedAnew = settled.map((one) => one.countedAnew);
    const present = [...lists].map(([id, { version }]) => `${id}@${version}`).join(' ');
    const plans = new Map<number, Plan>();
    for (const version of [...wanted, ...countedAnew.map(({ planVersion }) => planVersion)]) {
      const key = `${workspaceId}/${version} ${present}`;
      const plan =
        this.#compiled.get(key) ??
        compilePlan(await this.definitionOf(workspaceId, version), membersOf(lists));
      this.#compiled.set(key, plan);
      plans.set(version, plan);
    }
    return {
      countedAnew,
      planOf: (version) => {
        const plan = plans.get(version);
        if (plan === undefined) {
          throw new Error(`plan version ${version} was not loaded`);
        }
        return plan;
      },
    };
  }
}

/** A definition that also counts what segments of later versions were counted by from the start. */
function withCounted(
  definition: PlanDefinition,
  counted: readonly CountedSegment[],
): PlanDefinition {
  const later = counted.filter(({ planVersion }) => planVersion > definition.version);
  const preparing = later.flatMap(({ segment }) =>
    canCount(definition, segment) ? [{ segment, isNew: false }] : [],
  );
  return preparing.length === 0
    ? definition
    : { ...definition, preparing: [...definition.preparing, ...preparing] };
}

/** It may name what that version had not yet; then nothing of the version can have been made up for it. */
function canCount(definition: PlanDefinition, segment: Segment): boolean {
  try {
    compileConditionAlone(segment.condition, definition, 'condition');
    return true;
  } catch (error) {
    if (error instanceof DefinitionError) {
      return false;
    }
    throw error;
  }
}

/** Their members, as the engine takes them: nobody is on a list that is gone. */
export function membersOf(lists: PresentLists): ListsOfMembers {
  return new Map([...lists].map(([id, { members }]) => [id, members]));
}

/** The lists of a past definition whose members of then are not there any more. */
export function listsOfNow({ lists: named }: PlanDefinition, lists: PresentLists): string[] {
  return named.filter(({ id, version }) => lists.get(id)?.version !== version).map(({ id }) => id);
}
