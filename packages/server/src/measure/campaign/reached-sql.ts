import type { SqlParams } from '../sql/query.ts';

/** One of the `goals` that counts for one of the `cohort`: after the first qualification, within the window. */
export function isReachedSql(windowMs: number, params: SqlParams): string {
  const window = `toIntervalMillisecond(${params.bind('Int64', windowMs)})`;
  return `goals.at > cohort.first_at AND goals.at <= cohort.first_at + ${window}`;
}

/** Who of the `cohort` reached the goal, with the value of the first of the `goals` that counts. */
export function reachedSql(windowMs: number, params: SqlParams): string {
  return `
      SELECT cohort.person AS person, argMin(goals.value_minor, (goals.at, goals.seq)) AS value_minor
      FROM cohort INNER JOIN goals ON goals.person = cohort.person
      WHERE ${isReachedSql(windowMs, params)}
      GROUP BY person`;
}
