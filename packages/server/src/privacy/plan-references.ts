import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { PersonTraces } from './ports.ts';

/**
 * Places of a plan that hold an id or an address of a person, as paths such as
 * `segments.staff.condition.test.value`. Pure.
 */
export function findPlanReferences(
  definition: PlanDefinition,
  { userIds, anonymousIds, emails, profileIds }: PersonTraces,
): readonly string[] {
  const names = new Set<string>([...userIds, ...anonymousIds, ...emails, ...profileIds]);
  const found: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      if (names.has(value) || names.has(value.trim().toLowerCase())) {
        found.push(path);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        walk(inner, `${path}.${nameOf(inner) ?? key}`);
      }
    }
  };
  const { segments, preparing, variables, attributes, campaigns } = definition;
  for (const [kind, items] of Object.entries({
    segments,
    preparing: preparing.map(({ segment }) => segment),
    variables,
    attributes,
    campaigns,
  })) {
    walk(items, kind);
  }
  return found;
}

/** Items are known by their ids better than by their places. */
function nameOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'id' in value
    ? String(value.id)
    : undefined;
}
