import type { SqlParams } from '../sql/query.ts';

/**
 * Who of the `cohort` reached the goal, with its value: by the first of the `goals` after the first
 * qualification in the period, within the window.
 */
export function reachedSql(windowMs: number, params: SqlParams): string {
  return `
      SELECT cohort.person AS person, argMin(goals.value_minor, (goals.at, goals.seq)) AS value_minor
      FROM cohort INNER JOIN goals ON goals.person = cohort.person
      WHERE goals.at > cohort.first_at
        AND goals.at <= cohort.first_at + toIntervalMillisecond(${params.bind('Int64', windowMs)})
      GROUP BY person`;
}
