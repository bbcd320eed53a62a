import type { AttributeId, ListId, SegmentId, VariableId } from '@tenth/model/ids.ts';
import type { PeopleList } from '@tenth/model/list.ts';
import type { Aggregate, AggregateDefinition } from '../aggregate/compile-aggregate.ts';
import type { LocalClock } from '../local-time.ts';
import type { DefinitionError } from '../plan/definition-error.ts';
import type { Answers } from './answers.ts';
import type { CompiledAttribute } from './attribute.ts';
import type { CompiledCondition } from './compile-condition.ts';
import type { CompiledVariable } from './variable.ts';

/** The members of a list as its lines name them: user ids, or e-mail addresses in lower case. */
export interface ListMembers {
  has(value: string): boolean;
}

/** What a condition needs from the plan that it is compiled into. */
export interface ConditionScope {
  /** The shop's. */
  readonly clock: LocalClock;
  /** The shop's; ISO 4217. */
  readonly currency: string;
  /** Whether there is an event in hand: in campaigns only. */
  readonly hasEvent: boolean;
  aggregate(definition: AggregateDefinition): Aggregate;
  /** Of all that is compiled into the plan. */
  readonly answers: Answers;
  /** The condition of a segment. Throws DefinitionError where there is none, or a cycle. */
  segment(id: SegmentId, path: string): CompiledCondition;
  variable(id: VariableId, path: string): CompiledVariable;
  attribute(id: AttributeId, path: string): CompiledAttribute;
  list(id: ListId, path: string): { readonly by: PeopleList['by']; readonly members: ListMembers };
  /** The error to throw for what cannot be compiled at this place. */
  refusal(path: string, message: string): DefinitionError;
}
