import { channels } from '@tenth/model/channel.ts';
import type { Condition, SessionField } from '@tenth/model/condition.ts';
import { deviceTypes } from '@tenth/model/device.ts';
import type { EventFilter } from '@tenth/model/event-match.ts';
import type { Json } from '@tenth/model/json.ts';
import type { Test } from '@tenth/model/value-test.ts';
import { compileFilters, describeFilters, readEvent } from '../evaluate/event-match.ts';
import { compileLeaf, type PlainLeaf } from '../evaluate/leaf.ts';
import type { Moment } from '../evaluate/moment.ts';
import { compileTimeless, describeTest } from '../evaluate/value-test.ts';
import { sessionsSeenFrom } from '../profile.ts';
import {
  allOf,
  anyOf,
  type ConditionNode,
  type Fact,
  type LeafNode,
  not,
  type Proposal,
} from './condition-tree.ts';
import type { ExplainScope } from './explain-scope.ts';
import { explainVariable } from './explain-variable.ts';
import { figureLeaf, measureKey } from './figure-leaf.ts';
import { matchingText, proposalsOf } from './proposals.ts';
import { anyNumber, figuresAround, wholeNumbers } from './scale.ts';

/**
 * A condition at one moment, branch by branch, each leaf with the value it saw. Walks the definition
 * that the engine compiled, with the engine's own leaves.
 */
export function explainCondition(
  condition: Condition,
  path: string,
  scope: ExplainScope,
): ConditionNode {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const { kind } = condition;
      const parts = condition.of.map((part, at) =>
        explainCondition(part, `${path}.${kind}[${at}]`, scope),
      );
      return kind === 'all' ? allOf(path, parts) : anyOf(path, parts);
    }
    case 'not':
      return not(path, explainCondition(condition.of, `${path}.not`, scope));
    case 'segment': {
      const { segmentId, is } = condition;
      const inner = `segments.${segmentId}.condition`;
      const of = explainCondition(scope.segment(segmentId), inner, scope);
      return {
        kind: 'named',
        what: 'segment',
        id: segmentId,
        is,
        path,
        holds: of.holds === is,
        of,
      };
    }
    case 'variable':
      return explainVariable(condition, path, scope, explainCondition);
    case 'event':
      return explainFilters(condition.filters, `${path}.filters`, scope.moment);
    default:
      return explainLeaf(condition, path, scope);
  }
}

type OtherLeaf = Exclude<PlainLeaf, { kind: 'event' | 'variable' }>;

function explainLeaf(condition: OtherLeaf, path: string, scope: ExplainScope): LeafNode {
  const { moment, conditions } = scope;
  const leaf = compileLeaf(condition, path, conditions);
  const value = leaf.read(moment);
  const node = (
    fact: Omit<Fact, 'isFixed'>,
    passes: LeafNode['passes'],
    proposals: readonly Proposal[],
  ): LeafNode => ({
    kind: 'leaf',
    leaf: condition.kind,
    path,
    holds: leaf.passes(value, moment.now),
    text: leaf.text,
    fact: { ...fact, isFixed: false },
    passes,
    proposals,
  });
  const passes = (to: Json | undefined) => leaf.passes(to, moment.now);
  const valued = (test: Test, key: string, name: string) =>
    node(
      { key, name, saw: value },
      withMatching(test, passes),
      proposalsOf(test, { scale: anyNumber, saw: value, now: moment.now }),
    );
  /** For a claim that holds or does not: of whether the thing claimed is so. */
  const claimed = (is: boolean, key: string, name: string) => {
    const isSo = leaf.passes(value, moment.now) === is;
    return node({ key, name, saw: isSo }, (to) => (to === true) === is, yesOrNo);
  };
  switch (condition.kind) {
    case 'trait':
      return valued(condition.test, `trait:${condition.name}`, `trait ${condition.name}`);
    case 'session': {
      const { field, test } = condition;
      return valued(test, sessionKey(field), `session ${field}`);
    }
    case 'cart_product': {
      const { field, test } = condition;
      return valued(test, `cart_product:${field}`, `product in the cart: ${field}`);
    }
    case 'event_value': {
      const { test, ...rest } = condition;
      return valued(test, JSON.stringify(rest), withoutTest(leaf.text, test));
    }
    case 'channel_in':
      return node(
        { key: sessionKey('channel'), name: 'session channel', saw: value },
        passes,
        [...condition.channels, ...channels].map((to) => ({ value: to })),
      );
    case 'device_in':
      return node(
        { key: sessionKey('device'), name: 'session device', saw: value },
        passes,
        [...condition.devices, ...deviceTypes].map((to) => ({ value: to })),
      );
    case 'visitor': {
      const saw = sessionsSeenFrom(moment.profile, moment.deviceKey);
      const isNew = condition.is === 'new';
      return node(
        { key: measureKey({ kind: 'sessions' }), name: 'sessions', saw },
        (to) => typeof to === 'number' && to <= 1 === isNew,
        figuresAround(1, wholeNumbers)
          .filter((sessions) => sessions > 0)
          .map((sessions) => ({ value: sessions })),
      );
    }
    case 'member':
      return claimed(condition.is, 'member', 'known by a userId');
    case 'list':
      return claimed(condition.is, `list:${condition.listId}`, `on the list ${condition.listId}`);
    case 'sequence':
      return claimed(true, JSON.stringify(condition), leaf.text);
    case 'random_share': {
      const fixed = claimed(true, JSON.stringify(condition), leaf.text);
      return { ...fixed, fact: { ...fixed.fact, isFixed: true } };
    }
    default: {
      const { test, ...measure } = condition;
      return figureLeaf({ measure, test, kind: condition.kind, path, scope });
    }
  }
}

/** Filters on the event in hand, each a leaf. */
export function explainFilters(
  filters: readonly EventFilter[],
  path: string,
  { event, now }: Moment,
): ConditionNode {
  return allOf(
    path,
    filters.map((filter, at): LeafNode => {
      const saw = event === undefined ? undefined : readEvent(event, filter.path);
      const holds = event !== undefined && compileFilters([filter])(event);
      const test = compileTimelessFilter(filter);
      return {
        kind: 'leaf',
        leaf: 'event',
        path: `${path}[${at}]`,
        holds,
        text: `event ${describeFilters([filter])}`,
        fact: { key: `event:${filter.path}`, name: `event ${filter.path}`, saw, isFixed: false },
        passes: withMatching(filter.test, (to) => test(to)),
        proposals: proposalsOf(filter.test, { scale: anyNumber, saw, now }),
      };
    }),
  );
}

function compileTimelessFilter({ test }: EventFilter): (value: Json | undefined) => boolean {
  const passes = compileTimeless(test);
  // Tests of an event do not look at the time.
  return (value) => passes(value, 0);
}

function sessionKey(field: SessionField): string {
  return `session:${field}`;
}

const yesOrNo: readonly Proposal[] = [{ value: true }, { value: false }];

/** Takes the text that stands for all that match an expression for one of them. */
function withMatching(test: Test, passes: LeafNode['passes']): LeafNode['passes'] {
  if (test.op !== 'matches') {
    return passes;
  }
  const matching = matchingText(test.pattern);
  return (value) =>
    value === matching ||
    (Array.isArray(value) && value.includes(matching)) ||
    (value !== '\u2026' && passes(value));
}

function withoutTest(text: string, test: Test): string {
  const described = ` ${describeTest(test)}`;
  return text.endsWith(described) ? text.slice(0, -described.length) : text;
}
