import type { EventMatch } from '@tenth/model/event-match.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { eventMatchSql } from '../sql/event-match-sql.ts';
import type { DeviceColumn } from '../sql/profile-tables.ts';
import type { SqlParams } from '../sql/query.ts';
import { type EventRows, PersonRows, type TypedSql } from './person-rows.ts';

/** Time of an event in ms, in the SQL of the events. */
export const EVENT_MS = 'toUnixTimestamp64Milli(timestamp)';

/** That as a value of a row. */
export const eventMs: TypedSql = { type: 'Int64', sql: EVENT_MS };

/**
 * What is worked out of the rows of each person, in one pass over them: a column each, equal ones once.
 * Conditions then read these columns.
 */
export class PersonAggregates {
  readonly #params: SqlParams;
  readonly #rows = new PersonRows();
  readonly #columns = new Map<string, string>();
  readonly #matches = new Map<string, string>();

  constructor(params: SqlParams) {
    this.#params = params;
  }

  /** The events meant; the same SQL for the same match. */
  matching(match: EventMatch): EventRows {
    const key = JSON.stringify(match);
    const when = this.#matches.get(key) ?? eventMatchSql(match, this.#params);
    this.#matches.set(key, when);
    const name = match.type === 'track' ? match.name : match.type;
    return { names: name === undefined ? undefined : [name], since: undefined, when };
  }

  /** How many of these events a person has. */
  count(rows: EventRows): string {
    return this.#column(`countIf(${this.#rows.flag(rows)})`);
  }

  /** An aggregate function over a value of these events. */
  ofEvents(name: string, rows: EventRows, value: TypedSql): string {
    return this.#column(`${name}If(${this.#rows.ofEvents(rows, value)}, ${this.#rows.flag(rows)})`);
  }

  /** Sum of a value of these events; 0 without any. */
  sum({ names, since, when }: EventRows, { type, sql }: TypedSql): string {
    // Other rows hold 0, so none has to be told apart.
    const value = { type, sql: `if(ifNull(${when}, 0), ${sql}, 0)` };
    return this.#column(`sum(${this.#rows.ofEvents({ names, since }, value)})`);
  }

  /** A column of the device looked at: the one active last, in the state its last event left it in. */
  state(column: DeviceColumn): string {
    return this.#ofDevice(this.#rows.deviceColumn(column));
  }

  /** What the columns of the device looked at give. */
  stateOf(value: TypedSql): string {
    return this.#ofDevice(this.#rows.ofDevice(value));
  }

  /**
   * Whether something holds for the device looked at; does not for a person without any. The states are
   * asked and a bit is kept of each, since keeping a person's texts takes several times as long.
   *
   * @param when SQL over the columns of a device.
   */
  deviceHolds(when: string): string {
    const { column, bit } = this.#rows.deviceFlag(when);
    return `bitTest(${this.#ofDevice(column)}, ${bit})`;
  }

  /** An aggregate function over a value of what is known of the person's profiles. */
  ofProfiles(name: string, value: TypedSql): string {
    return this.#column(`${name}If(${this.#rows.ofProfile(value)}, ${this.#rows.isProfile()})`);
  }

  /** The person's id as text: of a merged person the one linked to, whether it has events or not. */
  personId(): string {
    const sql = 'transform(profile_hash, merged.1, merged.3, profile_id)';
    return this.ofProfiles('any', { type: 'String', sql });
  }

  /** Everybody has a row, whatever is looked at. */
  everybody(): void {
    this.#rows.isProfile();
  }

  /** Whether everybody has a row. */
  get hasEverybody(): boolean {
    return this.#rows.hasEverybody;
  }

  /** `aggregate AS name, …`; one at least. */
  select(): string {
    const columns = [...this.#columns].map(([aggregate, name]) => `${aggregate} AS ${name}`);
    return ['count() AS rows', ...columns].join(',\n    ');
  }

  /** SELECT of the rows, with `profile_hash`; as the log stood at `upTo`, if given. */
  rows(upTo: EpochMs | undefined): string {
    return this.#rows.select(this.#params, upTo);
  }

  noRows(): string {
    return this.#rows.selectNone();
  }

  // A column at a time: `argMax` of a tuple takes ten times as long.
  #ofDevice(row: string): string {
    const latest = this.#rows.ofDevice({ type: 'UInt128', sql: 'latest' });
    return this.#column(`argMaxIf(${row}, ${latest}, ${this.#rows.isDevice()})`);
  }

  #column(aggregate: string): string {
    const known = this.#columns.get(aggregate);
    if (known !== undefined) {
      return known;
    }
    const name = `a${this.#columns.size + 1}`;
    this.#columns.set(aggregate, name);
    return name;
  }
}
