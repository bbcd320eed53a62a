import type { Condition } from '@tenth/model/condition.ts';
import type { SegmentId } from '@tenth/model/ids.ts';
import type { Json } from '@tenth/model/json.ts';
import type { Aggregate } from '../plan/aggregate.ts';
import { compileLeaf, type PlainLeaf } from './leaf.ts';
import type { Moment } from './moment.ts';

/** The first condition that stood in the way, and what it saw. */
export interface Failure {
  /** Place in the definition: `audience.all[1].not`. */
  readonly path: string;
  readonly condition: string;
  readonly saw: Json;
}

export interface CompiledCondition {
  holds(moment: Moment): boolean;
  /** Why it does not hold; undefined when it does. Slower than `holds`, meant for traces. */
  explain(moment: Moment): Failure | undefined;
}

/** What a condition needs from the plan that it is compiled into. */
export interface ConditionScope {
  aggregateOf(condition: Extract<PlainLeaf, { kind: 'event_count' }>): Aggregate;
  /** The condition of a segment. Throws DefinitionError where there is none, or a cycle. */
  segment(id: SegmentId, path: string): CompiledCondition;
}

/** Compiles a condition into closures. An empty `all` holds for everybody, an empty `any` for nobody. */
export function compileCondition(
  condition: Condition,
  path: string,
  scope: ConditionScope,
): CompiledCondition {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.of.map((part, at) =>
        compileCondition(part, `${path}.all[${at}]`, scope),
      );
      return {
        holds: (moment) => {
          for (const part of parts) {
            if (!part.holds(moment)) {
              return false;
            }
          }
          return true;
        },
        explain: (moment) => {
          for (const part of parts) {
            const failure = part.explain(moment);
            if (failure !== undefined) {
              return failure;
            }
          }
          return undefined;
        },
      };
    }
    case 'any': {
      const parts = condition.of.map((part, at) =>
        compileCondition(part, `${path}.any[${at}]`, scope),
      );
      const holds = (moment: Moment) => parts.some((part) => part.holds(moment));
      return {
        holds,
        // Every branch failed; the first one's reason stands for them all.
        explain: (moment) =>
          holds(moment)
            ? undefined
            : (parts[0]?.explain(moment) ?? { path, condition: 'any of nothing', saw: null }),
      };
    }
    case 'not': {
      const inner = compileCondition(condition.of, `${path}.not`, scope);
      const text = `not ${describeNegated(condition.of)}`;
      return {
        holds: (moment) => !inner.holds(moment),
        explain: (moment) =>
          inner.holds(moment) ? { path: `${path}.not`, condition: text, saw: true } : undefined,
      };
    }
    case 'segment': {
      const inner = scope.segment(condition.segmentId, path);
      const text = `${condition.is ? 'in' : 'not in'} segment ${condition.segmentId}`;
      return {
        holds: (moment) => inner.holds(moment) === condition.is,
        explain: (moment) => {
          const isIn = inner.holds(moment);
          return isIn === condition.is ? undefined : { path, condition: text, saw: isIn };
        },
      };
    }
    default: {
      const { read, passes, text } = compileLeaf(condition, scope.aggregateOf);
      return {
        holds: (moment) => passes(read(moment)),
        explain: (moment) => {
          const saw = read(moment);
          return passes(saw) ? undefined : { path, condition: text, saw: saw ?? null };
        },
      };
    }
  }
}

function describeNegated(condition: Condition): string {
  return condition.kind === 'segment' ? `segment ${condition.segmentId}` : condition.kind;
}
