import type { Condition } from '@tenth/model/condition.ts';
import { type ProfileId, profileId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { z } from 'zod';
import { MERGED, PERSON_KEY } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { ConditionSql, type Definitions } from './condition-sql.ts';
import { type LocalTimes, localTimesOf } from './local-time-sql.ts';
import { PersonAggregates } from './person-aggregates.ts';

/** A question about everybody: what is asked of each person, as of one moment. */
export interface PeopleQuestion {
  readonly definitions: Definitions;
  readonly now: EpochMs;
  /** As the log stood then by the time of its events; all of them unless given. */
  readonly upTo?: EpochMs;
}

/** What a query over everybody is written with. */
export interface PeopleWriter {
  readonly conditions: ConditionSql;
  readonly aggregates: PersonAggregates;
  readonly params: SqlParams;
}

/** Put off, an expression that is used in several places would be worked out anew in each. */
const EAGER = "short_circuit_function_evaluation = 'disable'";
/** Else each kind of row would be grouped on its own first: half as long again. */
const NARROW = 'max_streams_for_union_step_to_max_threads_ratio';

/**
 * Writes a query over everybody: the table `persons` has a row a person, who is the one that a profile
 * belongs to now. People with none of the events that are looked at have no row: whatever is asked of
 * them is answered by aggregates over nothing, see {@link Written.ofNobody}.
 *
 * @param ask Writes the SELECT from `persons`.
 */
export async function writePeopleQuery(
  log: EventLogReader,
  question: PeopleQuestion,
  ask: (writer: PeopleWriter) => string,
): Promise<Written> {
  const { definitions, now, upTo } = question;
  const [times, isNarrowing] = await Promise.all([
    readLocalTimes(log, question),
    knowsSetting(log, NARROW),
  ]);
  const params = new SqlParams();
  const aggregates = new PersonAggregates(params);
  const clock = { now, timeZone: definitions.settings.timeZone };
  const conditions = new ConditionSql({ aggregates, params, clock }, definitions, times);
  const outer = ask({ conditions, aggregates, params });
  return {
    params,
    hasEverybody: aggregates.hasEverybody,
    sql: `
  WITH ${MERGED},
  persons AS (
    SELECT ${PERSON_KEY} AS person_key,
    ${aggregates.select()}
    FROM (
    ${aggregates.rows(upTo)}
    ) GROUP BY person_key
  )
  ${outer}
  SETTINGS ${EAGER}${isNarrowing ? `, ${NARROW} = 1` : ''}`,
    ofNobody: `WITH persons AS (SELECT ${aggregates.select()} FROM (${aggregates.noRows()})) ${outer}`,
  };
}

export interface Written {
  readonly params: SqlParams;
  /** Every person has a row, whatever they did. */
  readonly hasEverybody: boolean;
  readonly sql: string;
  /** The same of one person without any events. */
  readonly ofNobody: string;
}

/** The hour and weekday of a moment wherever people of the workspace are. */
async function readLocalTimes(
  log: EventLogReader,
  { definitions, now, upTo }: PeopleQuestion,
): Promise<LocalTimes> {
  // Where people are now is known of each; where they were is a matter of all their events.
  const from = upTo === undefined ? 'device_states' : 'events';
  const rows = await runQuery(log, {
    sql: `SELECT DISTINCT toString(time_zone) AS zone FROM ${from} WHERE ${WORKSPACE} LIMIT 1000`,
    params: new SqlParams(),
    row: z.object({ zone: z.string() }),
  });
  return localTimesOf(
    now,
    rows.map(({ zone }) => zone),
    definitions.settings.timeZone,
  );
}

/** Older servers refuse a statement with a setting that they do not know. */
async function knowsSetting(log: EventLogReader, name: string): Promise<boolean> {
  const params = new SqlParams();
  const rows = await runQuery(log, {
    sql: `SELECT name FROM system.settings WHERE name = ${params.bind('String', name)}`,
    params,
    row: z.object({ name: z.string() }),
  });
  return rows.length > 0;
}

/** Everybody for whom a condition holds at a moment, by person id. */
export async function listPeopleWhere(
  log: EventLogReader,
  question: PeopleQuestion & { readonly condition: Condition },
): Promise<readonly ProfileId[]> {
  const { sql, params } = await writePeopleQuery(log, question, ({ conditions, aggregates }) => {
    const holds = conditions.condition(question.condition);
    return `SELECT ${aggregates.personId()} AS person_id FROM persons WHERE ${holds} ORDER BY person_id`;
  });
  const rows = await runQuery(log, { sql, params, row: z.object({ person_id: profileId }) });
  return rows.map(({ person_id }) => person_id);
}
