import { DefinitionError } from '@tenth/engine/plan/plan.ts';
import type { Condition } from '@tenth/model/condition.ts';
import { segmentId, type WorkspaceId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { PlanRegistry } from './plan-registry.ts';

/** Nobody calls a segment so. */
const DRAFT = segmentId.parse('draft-being-checked');

/**
 * Compiles a condition that is being written as a segment of what is published.
 *
 * @throws {Problem} definition-invalid, with the place within the condition.
 */
export async function checkDraft(
  plans: PlanRegistry,
  workspaceId: WorkspaceId,
  condition: Condition,
): Promise<void> {
  const { definition } = plans.get(workspaceId);
  const draft = { id: DRAFT, name: { en: 'Draft' }, condition };
  try {
    await plans.compile(workspaceId, { ...definition, segments: [...definition.segments, draft] });
  } catch (error) {
    if (error instanceof DefinitionError) {
      const field = error.path.replace(`segments.${DRAFT}.`, '');
      throw new Problem('definition-invalid', error.message, field);
    }
    throw error;
  }
}
