import type { PlanDefinition } from '@tenth/model/plan.ts';

/** The parts of a plan that conditions refer to by id. */
export type NamedParts = Pick<PlanDefinition, 'segments' | 'variables' | 'attributes' | 'lists'>;

/** Under which field a condition names them. */
const fields = {
  segments: 'segmentId',
  variables: 'variableId',
  attributes: 'attributeId',
  lists: 'listId',
} as const;

/** What something names, directly or through what it names, out of a plan. */
export function namedIn(something: unknown, plan: NamedParts): NamedParts {
  const texts = [JSON.stringify(something)];
  const found = new Set<object>();
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const [kind, field] of Object.entries(fields) as [keyof typeof fields, string][]) {
      for (const item of plan[kind]) {
        if (!found.has(item) && text.includes(`"${field}":${JSON.stringify(item.id)}`)) {
          found.add(item);
          texts.push(JSON.stringify(item));
        }
      }
    }
  }
  return {
    segments: plan.segments.filter((item) => found.has(item)),
    variables: plan.variables.filter((item) => found.has(item)),
    attributes: plan.attributes.filter((item) => found.has(item)),
    lists: plan.lists.filter((item) => found.has(item)),
  };
}
