import { DefinitionError } from '@tenth/engine/plan/plan.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { Problem } from '@tenth/model/problem.ts';
import { loadLatestPlan } from './load-latest-plan.ts';
import type { LoadedLists, PlanRegistry } from './plan-registry.ts';
import type { PlanStore } from './ports.ts';

export interface PublisherDeps {
  readonly store: PlanStore;
  readonly registry: PlanRegistry;
}

export interface Change {
  /** What is to be published, made from what is. Run again when another change came in between. */
  apply(current: PlanDefinition): Omit<PlanDefinition, 'version'>;
  /** Path of the changed part, such as `campaigns.welcome`; complaints about it name the field within. */
  readonly path: string;
  /** Members of lists that the change brings along; others are read where they are not in use yet. */
  readonly lists?: LoadedLists;
}

/** Each try meets a change of another node; so many in a row mean that something else is wrong. */
const MOST_TRIES = 5;

/** Publishes changes: compiled first, then stored as the next version, then in use. */
export class Publisher {
  readonly #store: PlanStore;
  readonly #registry: PlanRegistry;

  constructor({ store, registry }: PublisherDeps) {
    this.#store = store;
    this.#registry = registry;
  }

  /** @throws {Problem} definition-invalid, with the field; store-unavailable */
  async publish(workspaceId: WorkspaceId, change: Change): Promise<PlanDefinition> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const current = this.#registry.get(workspaceId).definition;
      const definition = { ...change.apply(current), version: current.version + 1 };
      requireReadable(definition);
      const published = await this.#registry
        .compile(workspaceId, definition, change.lists)
        .catch((error: unknown) => refuse(error, change.path));
      if (await this.#store.append(workspaceId, definition)) {
        this.#registry.swap(workspaceId, published);
        return definition;
      }
      await this.refresh(workspaceId);
    }
    throw new Problem('store-unavailable', 'Others are publishing too; try again.');
  }

  /** Takes over what another node has published. */
  refresh(workspaceId: WorkspaceId): Promise<void> {
    return loadLatestPlan(workspaceId, { store: this.#store, registry: this.#registry });
  }
}

/** Each part has been checked, the whole has limits too; beyond them it could not be read again. */
function requireReadable(definition: PlanDefinition): void {
  const [issue] = planDefinition.safeParse(definition).error?.issues ?? [];
  if (issue !== undefined) {
    throw new Problem('definition-invalid', issue.message, issue.path.join('.'));
  }
}

function refuse(error: unknown, changedPath: string): never {
  if (error instanceof DefinitionError) {
    const within = `${changedPath}.`;
    const field = error.path.startsWith(within) ? error.path.slice(within.length) : error.path;
    throw new Problem('definition-invalid', error.message, field);
  }
  throw error;
}
