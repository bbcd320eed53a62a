import type { PlanDefinition } from '@tenth/model/plan.ts';
import { Problem } from '@tenth/model/problem.ts';

/** How a condition refers to something by id: the key and the id, as they stand in its JSON. */
export type Reference =
  | { readonly segmentId: string }
  | { readonly variableId: string }
  | { readonly attributeId: string }
  | { readonly listId: string };

/** Users that a message names; the rest shows when these are gone. */
const MOST_NAMED = 10;

/** @throws {Problem} definition-invalid, with whatever refers to it */
export function refuseWhileUsed(plan: PlanDefinition, reference: Reference): void {
  const users = findUsers(plan, reference);
  const [first] = users;
  if (first === undefined) {
    return;
  }
  const named = users
    .slice(0, MOST_NAMED)
    .map(({ kind, id }) => `${kind} ${id}`)
    .join(', ');
  const rest = users.length > MOST_NAMED ? ` and ${users.length - MOST_NAMED} more` : '';
  const detail = `It is used by ${named}${rest}; change that first.`;
  throw new Problem('definition-invalid', detail, `${first.kind}s.${first.id}`);
}

interface User {
  readonly kind: 'campaign' | 'segment' | 'variable' | 'attribute';
  readonly id: string;
}

function findUsers(
  { campaigns, segments, preparing, variables, attributes }: PlanDefinition,
  reference: Reference,
): readonly User[] {
  // Quotes within a text are escaped, so nothing but a reference reads like this.
  const text = JSON.stringify(reference).slice(1, -1);
  const of = (kind: User['kind'], items: readonly { readonly id: string }[]): readonly User[] =>
    items.filter((item) => JSON.stringify(item).includes(text)).map(({ id }) => ({ kind, id }));
  return [
    ...of('campaign', campaigns),
    ...of('segment', segments),
    ...of(
      'segment',
      preparing.filter(({ isNew }) => !isNew).map(({ segment }) => segment),
    ),
    ...of('variable', variables),
    ...of('attribute', attributes),
  ];
}
