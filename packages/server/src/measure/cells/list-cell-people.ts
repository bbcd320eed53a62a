import { type ProfileId, profileId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import { type EventLogReader, runQuery, SqlParams } from '../sql/query.ts';
import { cellKeySql, inBuildSql } from './cell-key-sql.ts';
import type { LevelBuild } from './level-build.ts';

export interface CellPeople {
  readonly people: readonly ProfileId[];
  /** How many there are in the cell. */
  readonly of: number;
  readonly next: ProfileId | null;
}

/** The people of one cell, by id, a page at a time. */
export async function listCellPeople(
  log: EventLogReader,
  input: {
    readonly build: LevelBuild;
    readonly variables: readonly string[];
    readonly key: number;
    readonly limit: number;
    readonly after: ProfileId | undefined;
  },
): Promise<CellPeople> {
  const { build, variables, key, limit, after = '' } = input;
  const params = new SqlParams();
  const isIn = `${inBuildSql(build, params)}
    AND ${cellKeySql(build, variables, params)} = ${params.bind('UInt64', key)}`;
  const rows = await runQuery(log, {
    sql: `SELECT person_id FROM person_levels
      WHERE ${isIn} AND person_id > ${params.bind('String', after)}
      ORDER BY person_id LIMIT ${params.bind('UInt32', limit + 1)}`,
    params,
    row: z.object({ person_id: profileId }),
  });
  const [size] = await runQuery(log, {
    sql: `SELECT toUInt32(count()) AS people FROM person_levels WHERE ${isIn}`,
    params,
    row: z.object({ people: z.number() }),
  });
  const people = rows.slice(0, limit).map(({ person_id }) => person_id);
  return {
    people,
    of: size?.people ?? 0,
    next: rows.length > limit ? (people.at(-1) ?? null) : null,
  };
}
