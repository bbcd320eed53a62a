import type { Plan } from '@tenth/engine/plan/plan.ts';
import type { Person } from './person.ts';

/**
 * Another server has run this person by a newer plan already. Run by the one here, an event would miss
 * what the newer one counts.
 */
export class PlanBehind extends Error {
  constructor() {
    super('another server has a newer plan');
    this.name = 'PlanBehind';
  }
}

/** @throws {PlanBehind} */
export function requireCurrentPlan({ profile }: Person, { version }: Plan): void {
  if (profile.evaluatedPlan > version) {
    throw new PlanBehind();
  }
}
