import type { EventMatch } from '@tenth/model/event-match.ts';
import { eventMatchSql } from '../sql/event-match-sql.ts';
import type { SqlParams } from '../sql/query.ts';

/**
 * Orders events by the device looked at, the latest last: its session's last event, the hash of its name,
 * the place in the log. In one number, since comparing tuples takes several times as long.
 */
const LATEST =
  'bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(session_last_at)), 85), bitOr(bitShiftLeft(toUInt128(bitShiftRight(murmurHash3_32(anonymous_id), 11)), 64), toUInt128(seq)))';

/** Columns of the state of a device: its session and cart, as of its last event in the log. */
export type StateColumn =
  | 'anonymous_id'
  | 'session_id'
  | 'channel'
  | 'source'
  | 'medium'
  | 'campaign'
  | 'content'
  | 'keyword'
  | 'referrer_host'
  | 'landing_path'
  | 'landing_category'
  | 'session_device'
  | 'session_os'
  | 'session_browser'
  | 'country'
  | 'region'
  | 'city'
  | 'time_zone'
  | 'session_pages'
  | 'cart_currency'
  | 'cart_minor'
  | 'cart_quantity'
  | 'cart_items';

/** Time of an event in ms, in the SQL of the events. */
export const EVENT_MS = 'toUnixTimestamp64Milli(timestamp)';

/**
 * What is worked out of the events of each person, in one pass over them: a column each, equal ones
 * once. Conditions then read these columns.
 */
export class PersonAggregates {
  readonly #params: SqlParams;
  readonly #columns = new Map<string, string>();
  readonly #matches = new Map<string, string>();
  readonly #stateColumns: StateColumn[] = [];
  /** Names of the events that are looked at, as the column `event` has them; undefined for all. */
  #events: Set<string> | undefined = new Set();

  constructor(params: SqlParams) {
    this.#params = params;
  }

  /** The column that holds an aggregate over a person's events. */
  column(aggregate: string): string {
    const known = this.#columns.get(aggregate);
    if (known !== undefined) {
      return known;
    }
    const name = `a${this.#columns.size + 1}`;
    this.#columns.set(aggregate, name);
    return name;
  }

  /** SQL that holds for the events meant; the same text for the same match. */
  matching(match: EventMatch): string {
    const key = JSON.stringify(match);
    const known = this.#matches.get(key);
    if (known !== undefined) {
      return known;
    }
    const sql = eventMatchSql(match, this.#params);
    this.#matches.set(key, sql);
    this.lookAt(match.type === 'track' ? match.name : match.type);
    return sql;
  }

  /** An aggregate looks at events of this name; undefined where it may look at any. */
  lookAt(event: string | undefined): void {
    if (event === undefined) {
      this.#events = undefined;
    } else {
      this.#events?.add(event);
    }
  }

  /** Names of the events that all aggregates together look at; undefined where these may be any. */
  get events(): readonly string[] | undefined {
    return this.#events === undefined ? undefined : [...this.#events].sort();
  }

  /** A column of the device looked at: the one active last, in the state its last event left it in. */
  state(column: StateColumn): string {
    this.lookAt(undefined);
    if (!this.#stateColumns.includes(column)) {
      this.#stateColumns.push(column);
    }
    return `tupleElement(state, ${this.#stateColumns.indexOf(column) + 1})`;
  }

  /** The person's id as text. */
  personId(): string {
    this.lookAt(undefined);
    // A merged person's own events name them; the others are of profiles that they absorbed.
    return this.column(
      'if(countIf(profile_hash = person_key) = 0, any(profile_id), anyIf(profile_id, profile_hash = person_key))',
    );
  }

  /** `aggregate AS name, …`; one at least. */
  select(): string {
    const columns = [...this.#columns].map(([aggregate, name]) => `${aggregate} AS ${name}`);
    const state =
      this.#stateColumns.length === 0
        ? []
        : [`argMax(tuple(${this.#stateColumns.join(', ')}), ${LATEST}) AS state`];
    return ['count() AS events', ...state, ...columns].join(',\n    ');
  }
}
