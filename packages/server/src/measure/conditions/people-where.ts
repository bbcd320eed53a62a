import type { Condition } from '@tenth/model/condition.ts';
import { type ProfileId, profileId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { z } from 'zod';
import { PEOPLE } from '../sql/people.ts';
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

/**
 * Writes a query over everybody: the table `persons` has a row a person, who is the one that a profile
 * belongs to now. People with none of the events that are looked at have no row: whatever is asked of
 * them is answered by aggregates over nothing, see {@link Written.ofNobody}.
 *
 * @param ask Writes the SELECT from `persons`.
 */
export function writePeopleQuery(
  { definitions, now, upTo }: PeopleQuestion,
  times: LocalTimes,
  ask: (writer: PeopleWriter) => string,
): Written {
  const params = new SqlParams();
  const aggregates = new PersonAggregates(params);
  const clock = { now, timeZone: definitions.settings.timeZone };
  const conditions = new ConditionSql({ aggregates, params, clock }, definitions, times);
  const outer = ask({ conditions, aggregates, params });
  const { events } = aggregates;
  const where = [
    WORKSPACE,
    'NOT is_bot',
    ...(upTo === undefined ? [] : [`timestamp <= ${params.bindTime(upTo)}`]),
    ...(events === undefined ? [] : [`event IN ${params.bind('Array(String)', events)}`]),
  ].join(' AND ');
  const persons = `SELECT ${aggregates.select()} FROM events`;
  return {
    params,
    looksAtAll: events === undefined,
    sql: `
  WITH ${PEOPLE},
  (SELECT (groupArray(cityHash64(profile_id)), groupArray(cityHash64(person_id))) FROM people) AS merged,
  persons AS (
    SELECT transform(profile_hash, merged.1, merged.2, profile_hash) AS person_key,
    ${aggregates.select()}
    FROM events WHERE ${where} GROUP BY person_key
  )
  ${outer}`,
    ofNobody: `WITH persons AS (${persons} WHERE 0) ${outer}`,
  };
}

export interface Written {
  readonly params: SqlParams;
  /** Every person has a row. */
  readonly looksAtAll: boolean;
  readonly sql: string;
  /** The same of one person without any events. */
  readonly ofNobody: string;
}

/** The hour and weekday of a moment wherever people of the workspace are. */
export async function readLocalTimes(
  log: EventLogReader,
  now: EpochMs,
  shopZone: string,
): Promise<LocalTimes> {
  const rows = await runQuery(log, {
    sql: `SELECT DISTINCT toString(time_zone) AS zone FROM events WHERE ${WORKSPACE} LIMIT 1000`,
    params: new SqlParams(),
    row: z.object({ zone: z.string() }),
  });
  return localTimesOf(
    now,
    rows.map(({ zone }) => zone),
    shopZone,
  );
}

/** Everybody for whom a condition holds at a moment, by person id. */
export async function listPeopleWhere(
  log: EventLogReader,
  question: PeopleQuestion & { readonly condition: Condition },
): Promise<readonly ProfileId[]> {
  const { timeZone } = question.definitions.settings;
  const times = await readLocalTimes(log, question.now, timeZone);
  const { sql, params } = writePeopleQuery(question, times, ({ conditions, aggregates }) => {
    const holds = conditions.condition(question.condition);
    return `SELECT ${aggregates.personId()} AS person_id FROM persons WHERE ${holds} ORDER BY person_id`;
  });
  const rows = await runQuery(log, { sql, params, row: z.object({ person_id: profileId }) });
  return rows.map(({ person_id }) => person_id);
}
