import { Problem } from '@tenth/model/problem.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { Publisher } from '../publisher.ts';
import { keepCuts } from '../quantiles/keep-cuts.ts';
import { requireSameId, withItem, withoutItem } from './plan-items.ts';
import { refuseWhileUsed } from './refuse-while-used.ts';

type VariableHandlers = Pick<Handlers, 'listVariables' | 'putVariable' | 'deleteVariable'>;

export interface VariableHandlerDeps {
  readonly plans: PlanRegistry;
  readonly publisher: Publisher;
  /** Told that cuts may have to be worked out. */
  readonly onCutsMissing: () => void;
}

export function variableHandlers(deps: VariableHandlerDeps): VariableHandlers {
  const { plans, publisher, onCutsMissing } = deps;
  return {
    async listVariables({ caller }) {
      return { variables: plans.get(caller.workspaceId).definition.variables };
    },

    async putVariable({ caller, params: { id }, body }) {
      requireSameId(id, body.id);
      let variable = body;
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `variables.${id}`,
        apply: (current) => {
          variable = keepCuts(
            body,
            current.variables.find((one) => one.id === id),
          );
          return { ...current, variables: withItem(current.variables, variable) };
        },
      });
      if (variable.levelling.kind === 'quantiles') {
        onCutsMissing();
      }
      return { variable, planVersion: version };
    },

    async deleteVariable({ caller, params: { id } }) {
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `variables.${id}`,
        apply: (current) => {
          if (!current.variables.some((variable) => variable.id === id)) {
            throw new Problem('not-found', `There is no variable ${id}.`, 'id');
          }
          refuseWhileUsed(current, { variableId: id });
          return { ...current, variables: withoutItem(current.variables, id) };
        },
      });
      return { planVersion: version };
    },
  };
}
