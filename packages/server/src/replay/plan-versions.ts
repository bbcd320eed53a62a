import type { ListMembers } from '@tenth/engine/evaluate/condition-scope.ts';
import { compilePlan, type ListsOfMembers, type Plan } from '@tenth/engine/plan/plan.ts';
import type { PlanOfVersion } from '@tenth/engine/replay/replay.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { LRUCache } from 'lru-cache';

/** What was published as a version; every one ever published is kept. */
export interface PlanVersionStore {
  find(workspaceId: WorkspaceId, version: number): Promise<PlanDefinition | undefined>;
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
  readonly #compiled = new LRUCache<string, Plan>({ max: MOST_COMPILED });

  constructor(store: PlanVersionStore) {
    this.#store = store;
  }

  /** The definitions of these versions, the oldest first. @throws {Error} One of them is not there. */
  async definitionsOf(
    workspaceId: WorkspaceId,
    versions: Iterable<number>,
  ): Promise<readonly PlanDefinition[]> {
    const definitions: PlanDefinition[] = [];
    for (const version of [...new Set(versions)].sort((left, right) => left - right)) {
      const definition = await this.#store.find(workspaceId, version);
      if (definition === undefined) {
        throw new Error(`plan version ${version} of workspace ${workspaceId} is not there`);
      }
      definitions.push(definition);
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
    const keyOf = (version: number) => `${workspaceId}/${version} ${present}`;
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

/** Their members, as the engine takes them: nobody is on a list that is gone. */
export function membersOf(lists: PresentLists): ListsOfMembers {
  return new Map([...lists].map(([id, { members }]) => [id, members]));
}

/** The lists of a past definition whose members of then are not there any more. */
export function listsOfNow({ lists: named }: PlanDefinition, lists: PresentLists): string[] {
  return named.filter(({ id, version }) => lists.get(id)?.version !== version).map(({ id }) => id);
}
