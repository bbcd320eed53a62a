import { compilePlan, type Plan } from '@tenth/engine/plan/plan.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PeopleList } from '@tenth/model/list.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { MemberSet } from '../lists/member-set.ts';

export interface PublishedPlan {
  readonly definition: PlanDefinition;
  readonly plan: Plan;
  readonly lists: LoadedLists;
}

/** Members at hand, by the id of the list. */
export type LoadedLists = ReadonlyMap<string, LoadedList>;

export interface LoadedList {
  readonly version: number;
  readonly members: MemberSet;
}

/** @throws {Error} Not all members of that version are there. */
export type ReadMembers = (workspaceId: WorkspaceId, list: PeopleList) => Promise<MemberSet>;

const NO_LISTS: LoadedLists = new Map();

/**
 * What each workspace has published, compiled and at hand. A change of plan is one assignment, so a
 * request sees either the old plan or the new one, whole: with the members of its lists.
 */
export class PlanRegistry {
  readonly #byWorkspace = new Map<WorkspaceId, PublishedPlan>();
  readonly #readMembers: ReadMembers;

  constructor(readMembers: ReadMembers) {
    this.#readMembers = readMembers;
  }

  find(workspaceId: WorkspaceId): PublishedPlan | undefined {
    return this.#byWorkspace.get(workspaceId);
  }

  get(workspaceId: WorkspaceId): PublishedPlan {
    const published = this.#byWorkspace.get(workspaceId);
    if (published === undefined) {
      throw new Error(`workspace ${workspaceId} has no published plan`);
    }
    return published;
  }

  workspaces(): readonly WorkspaceId[] {
    return [...this.#byWorkspace.keys()];
  }

  /** Ignored when a newer version is there already. */
  swap(workspaceId: WorkspaceId, published: PublishedPlan): void {
    const current = this.#byWorkspace.get(workspaceId);
    if (current === undefined || current.definition.version < published.definition.version) {
      this.#byWorkspace.set(workspaceId, published);
    }
  }

  /**
   * Compiles a definition with the members of its lists: those that came with it or are in use, the
   * others read.
   *
   * @throws {DefinitionError}
   * @throws {Error} A list's members are not there.
   */
  async compile(
    workspaceId: WorkspaceId,
    definition: PlanDefinition,
    brought: LoadedLists = NO_LISTS,
  ): Promise<PublishedPlan> {
    const inUse = this.find(workspaceId)?.lists ?? NO_LISTS;
    const lists = new Map<string, LoadedList>();
    for (const list of definition.lists) {
      const { id, version } = list;
      const atHand = [brought.get(id), inUse.get(id)].find((one) => one?.version === version);
      lists.set(id, atHand ?? { version, members: await this.#readMembers(workspaceId, list) });
    }
    const members = new Map([...lists].map(([id, loaded]) => [id, loaded.members]));
    return { definition, plan: compilePlan(definition, members), lists };
  }

  /**
   * @throws {DefinitionError}
   * @throws {Error} As {@link PlanRegistry.compile}.
   */
  async load(workspaceId: WorkspaceId, definition: PlanDefinition): Promise<PublishedPlan> {
    const published = await this.compile(workspaceId, definition);
    this.swap(workspaceId, published);
    return published;
  }
}
