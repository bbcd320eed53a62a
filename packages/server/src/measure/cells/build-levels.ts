import { randomInt } from 'node:crypto';
import type { VariableId } from '@tenth/model/ids.ts';
import { type EpochMs, HOUR_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import type { Definitions } from '../conditions/condition-sql.ts';
import { writePeopleQuery } from '../conditions/people-where.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { type LevelBuild, levelIdsOf, signatureOf } from './level-build.ts';

/** No query on an older build is running any more. */
const KEPT_MS = 2 * HOUR_MS;
/** An older build is not looked at, so none goes while it is read. */
const FOUND_MS = HOUR_MS;

/** Works out the levels of everybody in one pass over the events, and keeps them. */
export async function buildLevels(
  log: EventLogReader,
  input: {
    readonly definitions: Definitions;
    readonly variables: readonly VariableId[];
    readonly now: EpochMs;
  },
): Promise<LevelBuild> {
  const { definitions, variables, now } = input;
  const build = now * 1_000 + randomInt(1_000);
  const { sql, params } = await writePeopleQuery(
    log,
    { definitions, now },
    ({ conditions, aggregates, params: bound }) => {
      const levels = variables.map((id) => {
        const variable = definitions.variables.find((one) => one.id === id);
        const ids = variable === undefined ? [] : levelIdsOf(variable);
        return `toUInt8(indexOf(${bound.bind('Array(String)', ids)}, ${conditions.level(id)}))`;
      });
      return `SELECT {workspaceId:String}, ${bound.bind('UInt64', build)}, person_key,
        ${aggregates.personId()}, [${levels.join(', ')}]
        FROM persons`;
    },
  );
  await run(
    log,
    `INSERT INTO person_levels (workspace_id, build, person_hash, person_id, levels) ${sql}`,
    params,
  );
  await register(log, { build, variables, asOf: now }, signatureOf(definitions));
  await dropBuildsBefore(log, now - KEPT_MS);
  return { build, variables, asOf: now };
}

/** Says that a build is complete: only now can it be found. */
async function register(
  log: EventLogReader,
  { build, variables, asOf }: LevelBuild,
  signature: string,
): Promise<void> {
  const params = new SqlParams();
  const values = [
    '{workspaceId:String}',
    params.bind('UInt64', build),
    params.bind('String', signature),
    params.bind('Array(String)', variables),
    params.bindTime(asOf),
  ];
  await run(
    log,
    `INSERT INTO level_builds (workspace_id, build, signature, variables, as_of)
      SELECT ${values.join(', ')}`,
    params,
  );
}

/** Complete or not: one that was broken off goes, too. */
async function dropBuildsBefore(log: EventLogReader, before: EpochMs): Promise<void> {
  const params = new SqlParams();
  const old = await runQuery(log, {
    sql: `SELECT DISTINCT toFloat64(build) AS build FROM person_levels
      WHERE ${WORKSPACE} AND build < ${params.bind('UInt64', before * 1_000)}`,
    params,
    row: z.object({ build: z.number() }),
  });
  for (const { build } of old) {
    const one = new SqlParams();
    const partition = `({workspaceId:String}, ${one.bind('UInt64', build)})`;
    await run(log, `ALTER TABLE person_levels DROP PARTITION ${partition}`, one);
  }
}

/** The latest build by these definitions that has all of the variables; of the last hour. */
export async function findBuild(
  log: EventLogReader,
  input: {
    readonly definitions: Definitions;
    readonly variables: readonly VariableId[];
    readonly now: EpochMs;
  },
): Promise<LevelBuild | undefined> {
  const params = new SqlParams();
  const signature = params.bind('String', signatureOf(input.definitions));
  const [row] = await runQuery(log, {
    sql: `SELECT toFloat64(build) AS number, variables, toUnixTimestamp64Milli(as_of) AS at
      FROM level_builds
      WHERE ${WORKSPACE} AND signature = ${signature}
        AND hasAll(variables, ${params.bind('Array(String)', input.variables)})
        AND as_of > ${params.bindTime(input.now - FOUND_MS)}
      ORDER BY build DESC LIMIT 1`,
    params,
    row: z.object({ number: z.number(), variables: z.array(z.string()), at: z.coerce.number() }),
  });
  return row === undefined
    ? undefined
    : { build: row.number, variables: row.variables, asOf: row.at };
}

async function run(log: EventLogReader, query: string, params: SqlParams): Promise<void> {
  await log.client.command({
    query,
    query_params: { ...params.values, workspaceId: log.workspaceId },
  });
}
