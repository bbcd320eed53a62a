import type { Attribute } from '@tenth/model/attribute.ts';
import type { AttributeId, ListId, SegmentId, VariableId } from '@tenth/model/ids.ts';
import type { PeopleList } from '@tenth/model/list.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Segment } from '@tenth/model/segment.ts';
import type { Variable } from '@tenth/model/variable.ts';
import { type Aggregate, compileAggregate } from '../aggregate/compile-aggregate.ts';
import { Answers } from '../evaluate/answers.ts';
import { type CompiledAttribute, compileAttribute } from '../evaluate/attribute.ts';
import type { CompiledCondition } from '../evaluate/compile-condition.ts';
import { compileWhole } from '../evaluate/compile-definition.ts';
import type { ConditionScope, ListMembers } from '../evaluate/condition-scope.ts';
import { type CompiledVariable, compileVariable } from '../evaluate/variable.ts';
import { type LocalClock, localClock } from '../local-time.ts';
import { DefinitionError } from './definition-error.ts';

/** Members of lists by the list's id. A list whose members are not at hand has none. */
export type ListsOfMembers = ReadonlyMap<string, ListMembers>;

const nobody: ListMembers = { has: () => false };
/** Names told when one is not found. */
const MOST_NAMES_TOLD = 10;

/**
 * Compiles segments, variables and attributes on demand, each once, and collects the aggregates that
 * conditions ask for.
 */
export class PlanScope {
  readonly aggregates = new Map<string, Aggregate>();
  readonly clock: LocalClock;
  /** For what is not in a campaign. */
  readonly people: ConditionScope;
  readonly #currency: string;
  readonly #lists: ReadonlyMap<string, PeopleList>;
  readonly #members: ListsOfMembers;
  readonly #segments: Parts<Segment, CompiledCondition>;
  readonly #variables: Parts<Variable, CompiledVariable>;
  readonly #attributes: Parts<Attribute, CompiledAttribute>;
  readonly #answers = new Answers();
  readonly #underWay: string[] = [];

  constructor(definition: PlanDefinition, members: ListsOfMembers) {
    const { settings } = definition;
    const clock = localClock(settings.timeZone);
    if (clock === undefined) {
      throw new DefinitionError(
        'settings.timeZone',
        `there is no time zone ${settings.timeZone}; give an IANA name such as Asia/Seoul`,
      );
    }
    this.clock = clock;
    this.#currency = settings.currency;
    this.#members = members;
    this.#lists = new Map(definition.lists.map((list) => [list.id, list]));
    this.#segments = new Parts('segment', definition.segments);
    this.#variables = new Parts('variable', definition.variables);
    this.#attributes = new Parts('attribute', definition.attributes);
    this.people = this.scopeFor({ prefix: '', hasEvent: false });
  }

  /**
   * @param at Where its conditions stand: `prefix` goes before the paths that refusals name, which are
   *   otherwise those of traces.
   */
  scopeFor({ prefix, hasEvent }: { prefix: string; hasEvent: boolean }): ConditionScope {
    return {
      answers: this.#answers,
      clock: this.clock,
      currency: this.#currency,
      hasEvent,
      aggregate: (definition) => {
        const aggregate = compileAggregate(definition, this.clock);
        const known = this.aggregates.get(aggregate.id);
        if (known !== undefined) {
          return known;
        }
        this.aggregates.set(aggregate.id, aggregate);
        return aggregate;
      },
      segment: (id, path) => this.segment(id, `${prefix}${path}`),
      variable: (id, path) => this.variable(id, `${prefix}${path}`),
      attribute: (id, path) => this.attribute(id, `${prefix}${path}`),
      list: (id, path) => this.#list(id, `${prefix}${path}`),
      refusal: (path, message) => new DefinitionError(`${prefix}${path}`, message),
    };
  }

  segment(id: SegmentId, path: string): CompiledCondition {
    return this.#compiled(this.#segments, id, path, ({ condition }) => {
      return compileWhole(condition, `segments.${id}.condition`, this.people);
    });
  }

  variable(id: VariableId, path: string): CompiledVariable {
    return this.#compiled(this.#variables, id, path, (variable) =>
      compileVariable(variable, `variables.${id}`, this.people),
    );
  }

  attribute(id: AttributeId, path: string): CompiledAttribute {
    return this.#compiled(this.#attributes, id, path, (attribute) =>
      compileAttribute(attribute, `attributes.${id}`, this.people),
    );
  }

  #list(id: ListId, path: string) {
    const list = this.#lists.get(id);
    if (list === undefined) {
      throw unknown('list', id, [...this.#lists.keys()], path);
    }
    return { by: list.by, members: this.#members.get(id) ?? nobody };
  }

  #compiled<Definition, Compiled>(
    parts: Parts<Definition, Compiled>,
    id: string,
    path: string,
    compile: (definition: Definition) => Compiled,
  ): Compiled {
    const known = parts.compiled.get(id);
    if (known !== undefined) {
      return known;
    }
    const definition = parts.definitions.get(id);
    if (definition === undefined) {
      throw unknown(parts.kind, id, [...parts.definitions.keys()], path);
    }
    const name = `${parts.kind} ${id}`;
    const from = this.#underWay.indexOf(name);
    if (from !== -1) {
      throw new DefinitionError(
        path,
        `these refer to each other in a circle: ${[...this.#underWay.slice(from), name].join(' -> ')}; take one of the references out`,
      );
    }
    this.#underWay.push(name);
    const compiled = compile(definition);
    this.#underWay.pop();
    parts.compiled.set(id, compiled);
    return compiled;
  }
}

/** Definitions of one kind by id, and what of them is compiled already. */
class Parts<Definition, Compiled> {
  readonly kind: string;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly compiled = new Map<string, Compiled>();

  constructor(kind: string, definitions: readonly (Definition & { readonly id: string })[]) {
    this.kind = kind;
    this.definitions = new Map(definitions.map((definition) => [definition.id, definition]));
  }
}

function unknown(
  kind: string,
  id: string,
  known: readonly string[],
  path: string,
): DefinitionError {
  const told = known.slice(0, MOST_NAMES_TOLD).join(', ');
  const more = known.length > MOST_NAMES_TOLD ? ' …' : '';
  return new DefinitionError(
    path,
    `there is no ${kind} ${id}; ${known.length === 0 ? 'there are none' : `there are: ${told}${more}`}`,
  );
}
