import type { Condition } from '@tenth/model/condition.ts';
import type { ConditionScope } from '../evaluate/condition-scope.ts';
import type { Moment } from '../evaluate/moment.ts';

/** What a condition is explained with: the moment, and the plan of then. */
export interface ExplainScope {
  readonly moment: Moment;
  readonly conditions: ConditionScope;
  /** The definition of a segment of that plan. */
  segment(id: string): Condition;
}
