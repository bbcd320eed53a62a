import type { ListMembers } from '@tenth/engine/evaluate/condition-scope.ts';
import {
  compileConditionAlone,
  compilePlan,
  DefinitionError,
  type ListsOfMembers,
  type Plan,
} from '@tenth/engine/plan/plan.ts';
import type { PlanOfVersion } from '@tenth/engine/replay/replay.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Segment } from '@tenth/model/segment.ts';
import { LRUCache } from 'lru-cache';

/** What was published as a version; every one ever published is kept. */
export interface PlanVersionStore {
  find(workspaceId: WorkspaceId, version: number): Promise<PlanDefinition | undefined>;
}

/** A segment of which everything it counts was made up from the log, for everybody, before it took effect. */
export interface CountedSegment {
  /** From this version on it was counted with every event. */
  readonly planVersion: number;
  readonly segment: Segment;
}

export interface CountedSegments {
  list(workspaceId: WorkspaceId): Promise<readonly CountedSegment[]>;
}

/** The lists in use now, by id. Members of versions that were replaced are not kept. */
export type PresentLists<Members extends ListMembers = ListMembers> = ReadonlyMap<
  string,
  { readonly version: number; readonly members: Members }
>;

/** A plan of 200 campaigns takes a few megabytes compiled. */
const MOST_COMPILED = 20;

/** Past plans; those compiled last stay at hand. */
export class PlanVersions {
  readonly #store: PlanVersionStore;
  readonly #counted: CountedSegments;
  readonly #compiled = new LRUCache<string, Plan>({ max: MOST_COMPILED });

  constructor(store: PlanVersionStore, counted: CountedSegments = { list: async () => [] }) {
    this.#store = store;
    this.#counted = counted;
  }

  /**
   * The definitions of these versions, the oldest first, to run events with again. What was made up later
   * is counted in them from the start: after that, people's profiles were as if it had been.
   *
   * @throws {Error} One of them is not there.
   */
  async definitionsOf(
    workspaceId: WorkspaceId,
    versions: Iterable<number>,
  ): Promise<readonly PlanDefinition[]> {
    const definitions: PlanDefinition[] = [];
    const counted = await this.#counted.list(workspaceId);
    for (const version of [...new Set(versions)].sort((left, right) => left - right)) {
      const definition = await this.#store.find(workspaceId, version);
      if (definition === undefined) {
        throw new Error(`plan version ${version} of workspace ${workspaceId} is not there`);
      }
      definitions.push(withCounted(definition, counted));
    }
    return definitions;
  }

  /** Compiles these versions, so that a replay can ask for any of them. */
  async load(
    workspaceId: WorkspaceId,
    versions: Iterable<number>,
    lists: PresentLists,
  ): Promise<PlanOfVersion> {
    const present = [...lists].map(([id, { version }]) => `${id}@${version}`).join(' ');
    const counted = (await this.#counted.list(workspaceId)).length;
    const keyOf = (version: number) => `${workspaceId}/${version} ${counted} ${present}`;
    const plans = new Map<number, Plan>();
    const missing: number[] = [];
    for (const version of new Set(versions)) {
      const plan = this.#compiled.get(keyOf(version));
      if (plan === undefined) {
        missing.push(version);
      } else {
        plans.set(version, plan);
      }
    }
    for (const definition of await this.definitionsOf(workspaceId, missing)) {
      const plan = compilePlan(definition, membersOf(lists));
      this.#compiled.set(keyOf(definition.version), plan);
      plans.set(definition.version, plan);
    }
    return (version) => {
      const plan = plans.get(version);
      if (plan === undefined) {
        throw new Error(`plan version ${version} was not loaded`);
      }
      return plan;
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
