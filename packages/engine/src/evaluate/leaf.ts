import type { LeafCondition, SessionField } from '@tenth/model/condition.ts';
import type { Json } from '@tenth/model/json.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import type { CartItem, DeviceState } from '@tenth/model/profile.ts';
import { type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import type { NumberTest, Test } from '@tenth/model/value-test.ts';
import { interned } from '../interned.ts';
import { murmur3 } from '../murmur3.ts';
import { sessionsSeenFrom } from '../profile.ts';
import { timesAt } from './aggregate-reading.ts';
import type { ConditionScope } from './condition-scope.ts';
import type { Size } from './condition-size.ts';
import { compileFilters, describeFilters, describeMatch } from './event-match.ts';
import { compileEventValue } from './event-value.ts';
import { aggregateInputs, type Inputs, noInputs, plainInputs, traitInput } from './inputs.ts';
import { compileMeasure } from './measure.ts';
import type { Moment } from './moment.ts';
import { earlier } from './next-change.ts';
import { hasSequence } from './sequence.ts';
import {
  compileNumberTest,
  compileTest,
  describeTest,
  isRelative,
  nextChangeOfTest,
  type ValueTest,
} from './value-test.ts';

/** A leaf condition as a value to read and a test of it. */
export interface Leaf extends Reading {
  /** Equal for leaves that are the same. */
  readonly key: string;
  /** Equal for leaves that read the same value. */
  readonly valueKey: string;
}

interface Reading extends Size {
  readonly read: (moment: Moment) => Json | undefined;
  readonly passes: ValueTest;
  /** The condition in short, for traces. */
  readonly text: string;
  readonly inputs: Inputs;
  /** When time alone can change the answer, at the earliest; no function where it never does. */
  readonly nextChange: ((moment: Moment) => EpochMs | undefined) | undefined;
}

export type PlainLeaf = Exclude<LeafCondition, { kind: 'segment' }>;

const isTrue: ValueTest = (value) => value === true;
const single = { leaves: 1, levels: 1, nextChange: undefined } as const;

/**
 * Compiles a leaf.
 *
 * @throws {DefinitionError} It names what the plan has not, or looks at an event where there is none.
 */
export function compileLeaf(condition: PlainLeaf, path: string, scope: ConditionScope): Leaf {
  return {
    ...compileReading(condition, path, scope),
    key: JSON.stringify(condition),
    valueKey: valueKeyOf(condition),
  };
}

function valueKeyOf(condition: PlainLeaf): string {
  switch (condition.kind) {
    case 'channel_in':
      return JSON.stringify({ kind: 'session', field: 'channel' });
    case 'device_in':
      return JSON.stringify({ kind: 'session', field: 'device' });
    case 'variable':
      return JSON.stringify({ kind: 'variable', variableId: condition.variableId });
    default:
      return JSON.stringify('test' in condition ? { ...condition, test: undefined } : condition);
  }
}

function compileReading(condition: PlainLeaf, path: string, scope: ConditionScope): Reading {
  switch (condition.kind) {
    case 'event': {
      if (!scope.hasEvent) {
        throw scope.refusal(
          path,
          'there is no event in hand here, only in campaigns; count events instead, with event_count',
        );
      }
      const passes = compileFilters(condition.filters);
      return claim(
        `event ${describeFilters(condition.filters)}`,
        noInputs,
        ({ event }) => event !== undefined && passes(event),
      );
    }
    case 'trait': {
      const name = interned(condition.name);
      return tested(condition.test, scope, {
        text: `trait ${name}`,
        inputs: traitInput(name),
        read: ({ profile }) => profile.traits[name]?.value,
      });
    }
    case 'event_value': {
      const { event, property, measure, window } = condition;
      return tested(condition.test, scope, {
        text: `${measure} ${property} of ${describeMatch(event)} (${window.kind})`,
        ...compileEventValue(condition, scope),
      });
    }
    case 'sequence':
      return sequence(condition, scope);
    case 'cart_product':
      return tested(condition.test, scope, {
        text: `product in the cart: ${condition.field}`,
        inputs: plainInputs('cart', 'visit'),
        read: ({ device }) =>
          Object.entries(device.cart.items).map(([id, item]) =>
            cartField(id, item, condition.field),
          ),
      });
    case 'session':
      return tested(condition.test, scope, {
        text: `session ${condition.field}`,
        inputs: plainInputs('visit', 'facts'),
        read: ({ device }) => sessionValue(device, condition.field),
      });
    case 'visitor':
      return claim(
        `visitor is ${condition.is}`,
        plainInputs('visit'),
        ({ profile, deviceKey }) =>
          sessionsSeenFrom(profile, deviceKey) <= 1 === (condition.is === 'new'),
      );
    case 'member':
      return claim(
        condition.is ? 'is a member' : 'is no member',
        plainInputs('identity'),
        ({ profile }) => (profile.userId !== undefined) === condition.is,
      );
    case 'variable':
      return level(condition, path, scope);
    case 'list':
      return listed(condition, path, scope);
    case 'random_share': {
      const { seed, from, to } = condition;
      return claim(`share ${from} to ${to} of ${seed}`, plainInputs('id'), ({ profile }) => {
        const share = murmur3(`${seed}:${profile.id}`) / 2 ** 32;
        return share >= from && share < to;
      });
    }
    case 'channel_in':
      return oneOf('channel', condition.channels);
    case 'device_in':
      return oneOf('device', condition.devices);
    default: {
      const { test } = condition;
      return figure(condition, test, path, scope);
    }
  }
}

function figure(
  measure: NumberMeasure,
  test: NumberTest,
  path: string,
  scope: ConditionScope,
): Reading {
  const { text, inputs, leaves, levels, read, nextChange } = compileMeasure(measure, path, scope);
  const passes = compileNumberTest(test);
  const use = {
    sort: passes,
    cuts: test.op === 'between' ? [test.from, test.to] : [test.value],
  };
  return {
    text: `${text} ${describeTest(test)}`,
    inputs,
    leaves,
    levels,
    read,
    passes,
    nextChange: nextChange === undefined ? undefined : (moment) => nextChange(moment, use),
  };
}

interface ReadValue {
  readonly text: string;
  readonly inputs: Inputs;
  read(moment: Moment): Json | undefined;
  readonly nextChange?: ((moment: Moment) => EpochMs | undefined) | undefined;
}

function tested(
  test: Test,
  { clock }: ConditionScope,
  { text, inputs, read, nextChange: nextValue }: ReadValue,
): Reading {
  const nextAnswer = isRelative(test)
    ? (moment: Moment) => nextChangeOfTest(test, clock, read(moment), moment.now)
    : undefined;
  return {
    ...single,
    text: `${text} ${describeTest(test)}`,
    inputs,
    read,
    passes: compileTest(test, clock),
    nextChange:
      nextAnswer === undefined || nextValue === undefined
        ? (nextAnswer ?? nextValue)
        : (moment) => earlier(nextAnswer(moment), nextValue(moment)),
  };
}

function claim(text: string, inputs: Inputs, holds: (moment: Moment) => boolean): Reading {
  return { ...single, read: holds, passes: isTrue, text, inputs };
}

function oneOf(field: 'channel' | 'device', values: readonly string[]): Reading {
  const wanted = new Set<Json | undefined>(values);
  return {
    ...single,
    read: ({ device }) => sessionValue(device, field),
    passes: (value) => wanted.has(value),
    text: `session ${field} in ${values.join(', ')}`,
    inputs: plainInputs('visit', 'facts'),
  };
}

type Of<Kind extends PlainLeaf['kind']> = Extract<PlainLeaf, { kind: Kind }>;

function sequence(
  { first, then: second, withinMinutes, without }: Of<'sequence'>,
  scope: ConditionScope,
): Reading {
  const timesOf = (event: typeof first) =>
    scope.aggregate({ kind: 'times', event, window: { kind: 'ever' } });
  const starts = timesOf(first);
  const ends = timesOf(second);
  const between = without === undefined ? undefined : timesOf(without);
  const within = withinMinutes * MINUTE_MS;
  const except = without === undefined ? '' : ` without ${describeMatch(without)}`;
  return claim(
    `${describeMatch(first)} -> ${describeMatch(second)} within ${withinMinutes} minutes${except}`,
    aggregateInputs([starts, ends, ...(between === undefined ? [] : [between])]),
    (moment) =>
      hasSequence(
        timesAt(starts, moment),
        timesAt(ends, moment),
        between === undefined ? [] : timesAt(between, moment),
        within,
      ),
  );
}

function level(condition: Of<'variable'>, path: string, scope: ConditionScope): Reading {
  const variable = scope.variable(condition.variableId, path);
  const known = variable.definition.levelling.levels.map(({ id }) => id);
  const unknown = condition.levels.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw scope.refusal(
      path,
      `the variable ${variable.id} has no level ${unknown}; it has: ${known.join(', ')}`,
    );
  }
  const wanted = new Set<Json | undefined>(condition.levels);
  const { inputs, leaves, levels, nextChange } = variable;
  return {
    text: `variable ${variable.id} in ${condition.levels.join(', ')}`,
    inputs,
    leaves,
    levels,
    read: (moment) => variable.levelOf(moment),
    passes: (value) => wanted.has(value),
    nextChange:
      nextChange === undefined
        ? undefined
        : (moment) => nextChange(moment, (value) => wanted.has(value)),
  };
}

function listed({ listId, is }: Of<'list'>, path: string, scope: ConditionScope): Reading {
  const { by, members } = scope.list(listId, path);
  const text = `${is ? 'in' : 'not in'} list ${listId}`;
  if (by === 'user_id') {
    return claim(
      text,
      plainInputs('identity'),
      ({ profile: { userId } }) => (userId !== undefined && members.has(userId)) === is,
    );
  }
  return claim(text, traitInput('email'), ({ profile }) => {
    const email = profile.traits['email']?.value;
    return (typeof email === 'string' && members.has(email.trim().toLowerCase())) === is;
  });
}

/** Of a person without a device, nothing is known. */
function sessionValue({ session, sessions }: DeviceState, field: SessionField): string | undefined {
  if (sessions === 0) {
    return undefined;
  }
  switch (field) {
    case 'referrer_host':
      return session.referrerHost;
    case 'landing_path':
      return session.landingPath;
    case 'landing_category':
      return session.landingCategory;
    case 'time_zone':
      return session.timeZone;
    default:
      return session[field];
  }
}

function cartField(id: string, item: CartItem, field: 'product_id' | keyof CartItem): Json {
  return field === 'product_id' ? id : item[field];
}
