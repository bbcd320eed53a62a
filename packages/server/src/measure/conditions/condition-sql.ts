import { unreachable } from '@tenth/model/brand.ts';
import type { Condition, LeafCondition } from '@tenth/model/condition.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import type { NumberTest } from '@tenth/model/value-test.ts';
import type { SqlParams } from '../sql/query.ts';
import { testSql } from '../sql/value-test-sql.ts';
import {
  cartProductSql,
  deviceFigureSql,
  isDeviceFigure,
  isOneOfSql,
  sessionSql,
} from './device-figures-sql.ts';
import {
  activeDaysSql,
  eventCountSql,
  eventNumberSql,
  funnelSql,
  recencySql,
} from './event-figures-sql.ts';
import { confidenceSql } from './inferred-sql.ts';
import {
  inWindow,
  itemOf,
  latestItems,
  latestTimes,
  narrowed,
  type Reading,
  scalarSql,
  sessionValues,
} from './items-sql.ts';
import { listMemberSql } from './list-sql.ts';
import type { LocalTimes } from './local-time-sql.ts';
import type { TypedSql } from './person-rows.ts';
import {
  affinitySql,
  isFirstVisitSql,
  ordersSql,
  sessionsSql,
  traitSql,
} from './state-figures-sql.ts';

/** The plan's definitions that a condition may refer to. */
export type Definitions = Pick<
  PlanDefinition,
  'segments' | 'variables' | 'attributes' | 'lists' | 'settings'
>;

const isMember: TypedSql = { type: 'UInt8', sql: 'is_member' };

/**
 * The second compiler of conditions: SQL over everybody, with the meaning of the engine's own. Reads
 * the columns of {@link PersonAggregates}, which it adds as it goes.
 *
 * The definitions were compiled by the engine before, which refuses cycles and what there is not.
 */
export class ConditionSql {
  readonly #reading: Reading;
  readonly #definitions: Definitions;
  readonly #localTimes: LocalTimes;

  constructor(reading: Reading, definitions: Definitions, localTimes: LocalTimes) {
    this.#reading = reading;
    this.#definitions = definitions;
    this.#localTimes = localTimes;
  }

  /** Holds, or does not, for the row of a person. */
  condition(condition: Condition): string {
    switch (condition.kind) {
      case 'all':
        return join(
          ' AND ',
          condition.of.map((part) => this.condition(part)),
          '1',
        );
      case 'any':
        return join(
          ' OR ',
          condition.of.map((part) => this.condition(part)),
          '0',
        );
      case 'not':
        return `(NOT ${this.condition(condition.of)})`;
      default:
        return `(${this.#leaf(condition)})`;
    }
  }

  /** A figure of a person; null where nothing is known. */
  figure(measure: NumberMeasure): string {
    const reading = this.#reading;
    const { aggregates, params } = reading;
    if (isDeviceFigure(measure)) {
      const times = this.#localTimes;
      return deviceFigureSql(measure, (column) => aggregates.state(column), { params, times });
    }
    switch (measure.kind) {
      case 'event_count':
        return eventCountSql(measure, reading);
      case 'event_number':
        return eventNumberSql(measure, reading);
      case 'recency':
        return recencySql(measure, reading);
      case 'active_days':
        return activeDaysSql(measure, reading);
      case 'funnel':
        return funnelSql(measure, reading);
      case 'sessions':
        return sessionsSql(reading);
      case 'affinity':
        return affinitySql(measure, reading);
      case 'orders':
        return ordersSql(measure, reading, this.#definitions.settings.currency);
      case 'inferred': {
        const attribute = found(this.#definitions.attributes, measure.attributeId);
        return confidenceSql(attribute, measure.value, reading, (part) => this.condition(part));
      }
      default:
        return unreachable(measure);
    }
  }

  /** The level of a variable that a person is at; an empty text for none. */
  level(variableId: string): string {
    const { levelling } = found(this.#definitions.variables, variableId);
    const { params } = this.#reading;
    if (levelling.kind === 'rules') {
      const levels = levelling.levels.map(({ id, condition }) => {
        const holds = condition === undefined ? '1' : this.condition(condition);
        return `${holds}, ${params.bind('String', id)}`;
      });
      return `multiIf(${levels.join(', ')}, '')`;
    }
    const { levels } = levelling;
    const last = levels.at(-1);
    const bounded = levels.slice(0, -1);
    if (last === undefined || bounded.some(({ below }) => below === undefined)) {
      return "''";
    }
    const figure = this.figure(levelling.of);
    const steps = bounded.map(
      ({ id, below = 0 }) =>
        `${figure} < ${params.bind('Float64', below)}, ${params.bind('String', id)}`,
    );
    return `multiIf((${figure}) IS NULL, '', ${steps.join(', ')}, ${params.bind('String', last.id)})`;
  }

  #numberTest(leaf: NumberMeasure & { readonly test: NumberTest }): string {
    const { aggregates, params } = this.#reading;
    if (!isDeviceFigure(leaf)) {
      return numberTestSql(leaf.test, this.figure(leaf), params);
    }
    const figure = deviceFigureSql(leaf, (column) => column, { params, times: this.#localTimes });
    return aggregates.deviceHolds(numberTestSql(leaf.test, figure, params));
  }

  #leaf(leaf: LeafCondition): string {
    const reading = this.#reading;
    const { aggregates, params, clock } = reading;
    switch (leaf.kind) {
      case 'event':
        return '0';
      case 'trait':
        return testSql(leaf.test, traitSql(leaf.name, reading), params, clock);
      case 'event_value': {
        const value = eventValueSql(leaf, reading);
        return testSql(leaf.test, value, params, clock);
      }
      case 'sequence': {
        const within = leaf.withinMinutes * MINUTE_MS;
        const between =
          leaf.without === undefined
            ? ''
            : ` AND NOT arrayExists(c -> c > a AND c < b, ${latestTimes(reading, leaf.without)})`;
        const then = `arrayExists(b -> b > a AND b - a <= ${within}${between}, ${latestTimes(reading, leaf.then)})`;
        return `arrayExists(a -> ${then}, ${latestTimes(reading, leaf.first)})`;
      }
      case 'session':
        return sessionSql(leaf, reading);
      case 'cart_product':
        return cartProductSql(leaf, reading);
      case 'channel_in':
        return isOneOfSql('channel', leaf.channels, reading);
      case 'device_in':
        return isOneOfSql('session_device', leaf.devices, reading);
      case 'visitor':
        return `${leaf.is === 'new' ? '' : 'NOT '}${isFirstVisitSql(reading)}`;
      case 'member':
        return `${aggregates.ofProfiles('max', isMember)} = ${leaf.is ? 1 : 0}`;
      case 'variable':
        return `${this.level(leaf.variableId)} IN ${params.bind('Array(String)', leaf.levels)}`;
      case 'segment': {
        const { condition } = found(this.#definitions.segments, leaf.segmentId);
        return leaf.is ? this.condition(condition) : `NOT ${this.condition(condition)}`;
      }
      case 'list': {
        const list = found(this.#definitions.lists, leaf.listId);
        return `${leaf.is ? '' : 'NOT '}${listMemberSql(list, reading)}`;
      }
      case 'random_share': {
        const seeded = `concat(${params.bind('String', `${leaf.seed}:`)}, ${aggregates.personId()})`;
        const share = `murmurHash3_32(${seeded}) / 4294967296`;
        return `${share} >= ${params.bind('Float64', leaf.from)} AND ${share} < ${params.bind('Float64', leaf.to)}`;
      }
      default:
        return this.#numberTest(leaf);
    }
  }
}

function eventValueSql(
  leaf: Extract<LeafCondition, { kind: 'event_value' }>,
  reading: Reading,
): string {
  const { event: match, property, window } = leaf;
  const value = scalarSql(property, reading.params);
  const items = latestItems(reading, { match, value, isTaken: `${value.sql} != ''`, window });
  switch (leaf.measure) {
    case 'last':
      return `tupleElement(${items}[1], 3)`;
    case 'first':
      return `tupleElement(${firstItems(leaf, reading, value) ?? items}[-1], 3)`;
    case 'most_frequent': {
      // Items come latest first, so a value's first place tells its latest item.
      const values = `arrayMap(i -> i.3, ${items})`;
      const ranked = `arrayReverseSort(v -> (countEqual(${values}, v), -toInt64(indexOf(${values}, v))), arrayDistinct(${values}))`;
      return `${ranked}[1]`;
    }
  }
}

/** Where the very first is kept, however many came after it: an array of it alone. */
function firstItems(
  { event, window }: Extract<LeafCondition, { kind: 'event_value' }>,
  reading: Reading,
  value: TypedSql,
): string | undefined {
  const { aggregates } = reading;
  const taken = narrowed(aggregates.matching(event), `${value.sql} != ''`);
  const item = itemOf(value);
  switch (window.kind) {
    case 'session':
      return `arrayReverseSort(${sessionValues(reading, taken, item)})`;
    case 'ever':
      return `[${aggregates.ofEvents('min', taken, item)}]`;
    case 'between':
      return `[${aggregates.ofEvents('min', inWindow(taken, window, reading), item)}]`;
    default:
      return undefined;
  }
}

function numberTestSql(test: NumberTest, value: string, params: SqlParams): string {
  const bound = (figure: number) => params.bind('Float64', figure);
  const holds = () => {
    switch (test.op) {
      case 'is':
        return `${value} = ${bound(test.value)}`;
      case 'gt':
        return `${value} > ${bound(test.value)}`;
      case 'gte':
        return `${value} >= ${bound(test.value)}`;
      case 'lt':
        return `${value} < ${bound(test.value)}`;
      case 'lte':
        return `${value} <= ${bound(test.value)}`;
      case 'between':
        return `${value} >= ${bound(test.from)} AND ${value} < ${bound(test.to)}`;
      default:
        return unreachable(test);
    }
  };
  return `ifNull(${holds()}, 0)`;
}

function join(word: string, parts: readonly string[], ofNone: string): string {
  return parts.length === 0 ? ofNone : `(${parts.join(word)})`;
}

/** @throws {Error} A bug: the engine has compiled these definitions, so what they name is there. */
function found<Item extends { readonly id: string }>(items: readonly Item[], id: string): Item {
  const item = items.find((one) => one.id === id);
  if (item === undefined) {
    throw new Error(`the plan has no ${id}`);
  }
  return item;
}
