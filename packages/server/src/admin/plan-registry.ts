import { compilePlan, type Plan } from '@tenth/engine/plan/plan.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';

export interface PublishedPlan {
  readonly definition: PlanDefinition;
  readonly plan: Plan;
}

/**
 * What each workspace has published, compiled and at hand. A change of plan is one assignment, so a
 * request sees either the old plan or the new one, whole.
 */
export class PlanRegistry {
  readonly #byWorkspace = new Map<WorkspaceId, PublishedPlan>();

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

  /** @throws {DefinitionError} */
  load(workspaceId: WorkspaceId, definition: PlanDefinition): PublishedPlan {
    const published = { definition, plan: compilePlan(definition) };
    this.swap(workspaceId, published);
    return published;
  }
}
