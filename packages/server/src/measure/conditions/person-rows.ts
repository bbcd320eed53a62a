import type { EpochMs } from '@tenth/model/time.ts';
import {
  type DeviceColumn,
  deviceColumns,
  deviceStatesOf,
  profileFactsOf,
} from '../sql/profile-tables.ts';
import { type SqlParams, WORKSPACE } from '../sql/query.ts';

/** Events of some names for which something holds. */
export interface EventRows {
  /** As the column `event` has them; undefined where it may be any. */
  readonly names: readonly string[] | undefined;
  /** Nothing holds for earlier events; undefined where it may. */
  readonly since: EpochMs | undefined;
  readonly when: string;
}

/** SQL and the ClickHouse type of what it gives. */
export interface TypedSql {
  readonly type: string;
  readonly sql: string;
}

interface RowColumn extends TypedSql {
  readonly name: string;
  readonly source: Omit<EventRows, 'when'> | 'device' | 'profile';
}

interface EventColumn extends RowColumn {
  readonly source: Omit<EventRows, 'when'>;
}

/** Rows of one kind and the columns that they have something in. */
interface Branch {
  readonly from: string;
  readonly columns: readonly RowColumn[];
}

/**
 * The rows that people are worked out from, and their columns: events of the names that are looked at, and
 * what is kept of each profile. Each kind of row is read for its own columns alone, so that a figure of one
 * event's payload costs no reading of all payloads; the others hold the default of their type there.
 */
export class PersonRows {
  readonly #columns = new Map<string, RowColumn>();
  readonly #deviceFlags: string[] = [];

  /** Tells the events for which it holds. */
  flag({ names, since, when }: EventRows): string {
    return this.#add({ names, since }, { type: 'UInt8', sql: `ifNull(${when}, 0)` });
  }

  /** A value of events like these; what it is of those for which it does not hold means nothing. */
  ofEvents({ names, since }: Omit<EventRows, 'when'>, value: TypedSql): string {
    return this.#add({ names, since }, value);
  }

  /** Tells the rows that hold the last state of a profile's device. */
  isDevice(): string {
    return this.#add('device', { type: 'UInt8', sql: '1' });
  }

  ofDevice(value: TypedSql): string {
    return this.#add('device', value);
  }

  deviceColumn(column: DeviceColumn): string {
    return this.ofDevice({ type: deviceColumns[column], sql: column });
  }

  /** Tells in one bit of a column for which states of devices it holds. */
  deviceFlag(when: string): { readonly column: string; readonly bit: number } {
    const known = this.#deviceFlags.indexOf(when);
    const place = known === -1 ? this.#deviceFlags.push(when) - 1 : known;
    return { column: flagsColumn(Math.floor(place / FLAGS_A_COLUMN)), bit: place % FLAGS_A_COLUMN };
  }

  /** Tells the rows that hold what is known of a profile. */
  isProfile(): string {
    return this.#add('profile', { type: 'UInt8', sql: '1' });
  }

  ofProfile(value: TypedSql): string {
    return this.#add('profile', value);
  }

  /** Everybody has a row, whatever they did. */
  get hasEverybody(): boolean {
    return this.#all().some(({ source }) => typeof source === 'string');
  }

  /** SELECT of all rows, with `profile_hash`. */
  select(params: SqlParams, upTo: EpochMs | undefined): string {
    const until = upTo === undefined ? '' : ` AND timestamp <= ${params.bindTime(upTo)}`;
    const branches = [
      ...this.#eventBranches(params, until),
      ...this.#branchOf(
        'device',
        until === ''
          ? `device_states WHERE ${WORKSPACE}`
          : `(${deviceStatesOf(WORKSPACE + until)})`,
      ),
      ...this.#branchOf(
        'profile',
        until === ''
          ? `profile_facts WHERE ${WORKSPACE}`
          : `(${profileFactsOf(WORKSPACE + until)})`,
      ),
    ];
    return branches.length === 0
      ? this.selectNone()
      : branches.map((branch) => this.#selectBranch(branch)).join('\n    UNION ALL ');
  }

  /** The same without any rows. */
  selectNone(): string {
    return this.#selectBranch({ from: 'numbers(0)', columns: [] }, 'toUInt64(0) AS profile_hash');
  }

  #branchOf(source: 'device' | 'profile', from: string): readonly Branch[] {
    const columns = this.#all().filter((column) => column.source === source);
    return columns.length === 0 ? [] : [{ from, columns }];
  }

  /** Names and stretches of time that the same columns look at are read together. */
  #eventBranches(params: SqlParams, until: string): readonly Branch[] {
    const columns = this.#all().filter(isOfEvents);
    const named = [...new Set(columns.flatMap(({ source }) => source.names ?? []))].sort();
    const together = new Map<string, { names: string[]; columns: readonly EventColumn[] }>();
    for (const name of named) {
      const looking = columns.filter(({ source }) => source.names?.includes(name) ?? true);
      const key = looking.map((column) => column.name).join();
      const group = together.get(key) ?? { names: [], columns: looking };
      group.names.push(name);
      together.set(key, group);
    }
    const read = (isNamed: string, looking: readonly EventColumn[]) =>
      stretchesOf(looking).map(({ since, before, columns: inIt }): Branch => {
        const from = since === undefined ? '' : ` AND timestamp >= ${params.bindTime(since)}`;
        const to = before === undefined ? '' : ` AND timestamp < ${params.bindTime(before)}`;
        return {
          from: `events WHERE ${WORKSPACE} AND NOT is_bot AND ${isNamed}${from}${to}${until}`,
          columns: inIt,
        };
      });
    const others = columns.filter(({ source }) => source.names === undefined);
    return [
      ...[...together.values()].flatMap((group) =>
        read(`event IN ${params.bind('Array(String)', group.names)}`, group.columns),
      ),
      ...(others.length === 0
        ? []
        : read(`event NOT IN ${params.bind('Array(String)', named)}`, others)),
    ];
  }

  #selectBranch({ from, columns }: Branch, hash = 'profile_hash'): string {
    const values = this.#all().map((column) =>
      columns.some(({ name }) => name === column.name)
        ? `CAST(${column.sql}, '${column.type}') AS ${column.name}`
        : `defaultValueOfTypeName('${column.type}') AS ${column.name}`,
    );
    return `SELECT ${[hash, ...values].join(', ')} FROM ${from}`;
  }

  #all(): readonly RowColumn[] {
    const flags: RowColumn[] = [];
    for (let first = 0; first < this.#deviceFlags.length; first += FLAGS_A_COLUMN) {
      const bits = this.#deviceFlags
        .slice(first, first + FLAGS_A_COLUMN)
        .map((when, bit) => `bitShiftLeft(toUInt64(ifNull(${when}, 0)), ${bit})`);
      const name = flagsColumn(flags.length);
      flags.push({ name, type: 'UInt64', sql: bits.join(' + '), source: 'device' });
    }
    return [...this.#columns.values(), ...flags];
  }

  #add(source: RowColumn['source'], { type, sql }: TypedSql): string {
    const key = JSON.stringify([source, type, sql]);
    const known = this.#columns.get(key);
    if (known !== undefined) {
      return known.name;
    }
    const name = `r${this.#columns.size + 1}`;
    this.#columns.set(key, { name, type, sql, source });
    return name;
  }
}

const FLAGS_A_COLUMN = 64;

function flagsColumn(index: number): string {
  return `flags${index + 1}`;
}

function isOfEvents(column: RowColumn): column is EventColumn {
  return typeof column.source !== 'string';
}

interface Stretch {
  readonly since: EpochMs | undefined;
  readonly before: EpochMs | undefined;
  readonly columns: readonly EventColumn[];
}

/**
 * From the earliest moment that any of the columns looks back to; earlier stretches apart, where that
 * spares reading payloads.
 */
function stretchesOf(columns: readonly EventColumn[]): readonly Stretch[] {
  const starts = columns.map(({ source }) => source.since ?? Number.NEGATIVE_INFINITY);
  const earliest = Math.min(...starts);
  const cuts = columns.filter(readsPayload).map(({ source }) => source.since ?? earliest);
  const bounds = [...new Set([earliest, ...cuts])].sort((one, other) => one - other);
  return bounds.map((since, index) => {
    const before = bounds[index + 1];
    return {
      since: Number.isFinite(since) ? since : undefined,
      before,
      columns: columns.filter(
        (_, place) => (starts[place] ?? earliest) < (before ?? Number.POSITIVE_INFINITY),
      ),
    };
  });
}

/** Most of an event's bytes are there; all values are bound, so the names can only be of the columns. */
function readsPayload({ sql }: EventColumn): boolean {
  return /\b(payload|enrichment)\b/.test(sql);
}
