import type { VariableId } from '@tenth/model/ids.ts';
import { personLink } from '@tenth/model/person-link.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { Variable } from '@tenth/model/variable.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { Cells } from '../ports.ts';
import { periodOf } from './reports.ts';

type CellHandlers = Pick<Handlers, 'exploreCells' | 'listCellPeople'>;

export interface CellHandlerDeps {
  readonly plans: PlanRegistry;
  readonly cells: Cells;
  readonly now: () => number;
}

export function cellHandlers({ plans, cells, now }: CellHandlerDeps): CellHandlers {
  return {
    async exploreCells({ caller, body }) {
      const { definition } = plans.get(caller.workspaceId);
      const { campaignId, orderBy } = body;
      const campaign = definition.campaigns.find(({ id }) => id === campaignId);
      if (campaignId !== undefined && campaign === undefined) {
        throw new Problem('body-invalid', `There is no campaign ${campaignId}.`, 'campaignId');
      }
      if (campaign === undefined && orderBy === 'response') {
        throw new Problem('body-invalid', 'A response needs a campaignId.', 'orderBy');
      }
      return cells.explore(caller.workspaceId, {
        definition,
        variables: findVariables(definition, body.variables),
        campaign,
        period: cellPeriodOf(body.period, now()),
        minPeople: body.minPeople,
        orderBy,
        limit: body.limit,
        fresh: body.fresh,
      });
    },

    async listCellPeople({ caller, body }) {
      const { definition } = plans.get(caller.workspaceId);
      const variables = findVariables(definition, body.variables);
      const page = await cells.people(caller.workspaceId, {
        definition,
        variables,
        places: variables.map((variable, index) =>
          placeOf(variable, body.levels[index] ?? null, `levels[${index}]`),
        ),
        limit: body.limit,
        after: body.after,
      });
      return {
        asOf: new Date(page.asOf).toISOString(),
        people: page.people.map((profileId) => ({ profileId, link: personLink(profileId) })),
        of: page.of,
        next: page.next,
      };
    },
  };
}

/** @throws {Problem} body-invalid, naming the first that there is not. */
function findVariables(
  { variables }: PlanDefinition,
  ids: readonly VariableId[],
): readonly Variable[] {
  return ids.map((id, index) => {
    const found = variables.find((variable) => variable.id === id);
    if (found === undefined) {
      throw new Problem('body-invalid', `There is no variable ${id}.`, `variables[${index}]`);
    }
    return found;
  });
}

/** From 1, as levels are kept; 0 for none. */
function placeOf({ id, levelling }: Variable, level: string | null, field: string): number {
  const place = levelling.levels.findIndex((one) => one.id === level) + 1;
  if (level !== null && place === 0) {
    throw new Problem('body-invalid', `The variable ${id} has no level ${level}.`, field);
  }
  return place;
}

function cellPeriodOf(...asked: Parameters<typeof periodOf>): ReturnType<typeof periodOf> {
  try {
    return periodOf(...asked);
  } catch (error) {
    throw error instanceof Problem && error.field !== undefined
      ? new Problem(error.code, error.message, `period.${error.field}`)
      : error;
  }
}
