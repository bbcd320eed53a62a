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

  /** Tells the events for which it holds. */
  flag({ names, since, when }: EventRows): string {
    return this.#add({ names, since }, { type: 'UInt8', sql: `ifNull(${when}, 0)` });
  }

  /** A value of these events; worked out of them alone. */
  ofEvents(rows: EventRows, { type, sql }: TypedSql): string {
    const { names, since } = rows;
    const guarded = `if(${this.flag(rows)}, ${sql}, defaultValueOfTypeName('${type}'))`;
    return this.#add({ names, since }, { type, sql: guarded });
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

  /** Tells the rows that hold what is known of a profile. */
  isProfile(): string {
    return this.#add('profile', { type: 'UInt8', sql: '1' });
  }

  ofProfile(value: TypedSql): string {
    return this.#add('profile', value);
  }

  /** Everybody has a row, whatever they did. */
  get hasEverybody(): boolean {
    return [...this.#columns.values()].some(({ source }) => typeof source === 'string');
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
    const columns = [...this.#columns.values()].filter((column) => column.source === source);
    return columns.length === 0 ? [] : [{ from, columns }];
  }

  /** Names that the same columns look at are read together. */
  #eventBranches(params: SqlParams, until: string): readonly Branch[] {
    const columns = [...this.#columns.values()].filter(({ source }) => typeof source !== 'string');
    const named = [...new Set(columns.flatMap(({ source }) => namesOf(source) ?? []))].sort();
    const together = new Map<string, { names: string[]; columns: readonly RowColumn[] }>();
    for (const name of named) {
      const looking = columns.filter(({ source }) => namesOf(source)?.includes(name) ?? true);
      const key = looking.map((column) => column.name).join();
      const group = together.get(key) ?? { names: [], columns: looking };
      group.names.push(name);
      together.set(key, group);
    }
    const write = (isNamed: string, looking: readonly RowColumn[]): Branch => {
      const since = sinceOf(looking);
      const from = since === undefined ? '' : ` AND timestamp >= ${params.bindTime(since)}`;
      return {
        from: `events WHERE ${WORKSPACE} AND NOT is_bot AND ${isNamed}${from}${until}`,
        columns: looking,
      };
    };
    const branches = [...together.values()].map((group) =>
      write(`event IN ${params.bind('Array(String)', group.names)}`, group.columns),
    );
    const others = columns.filter(({ source }) => namesOf(source) === undefined);
    return others.length === 0
      ? branches
      : [...branches, write(`event NOT IN ${params.bind('Array(String)', named)}`, others)];
  }

  #selectBranch({ from, columns }: Branch, hash = 'profile_hash'): string {
    const values = [...this.#columns.values()].map((column) =>
      columns.includes(column)
        ? `CAST(${column.sql}, '${column.type}') AS ${column.name}`
        : `defaultValueOfTypeName('${column.type}') AS ${column.name}`,
    );
    return `SELECT ${[hash, ...values].join(', ')} FROM ${from}`;
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

function namesOf(source: RowColumn['source']): readonly string[] | undefined {
  return typeof source === 'string' ? [] : source.names;
}

/** The earliest moment that any of them looks back to. */
function sinceOf(columns: readonly RowColumn[]): EpochMs | undefined {
  let earliest: EpochMs | undefined;
  for (const { source } of columns) {
    if (typeof source === 'string' || source.since === undefined) {
      return undefined;
    }
    earliest = Math.min(earliest ?? source.since, source.since);
  }
  return earliest;
}
