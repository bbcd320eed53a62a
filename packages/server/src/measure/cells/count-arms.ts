import type { Campaign } from '@tenth/model/campaign.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import { cohortSql, IS_COMPARED } from '../campaign/cohort-sql.ts';
import { goalEventsSql } from '../campaign/goal-events-sql.ts';
import { isReachedSql } from '../campaign/reached-sql.ts';
import type { ReportPeriod } from '../report-period.ts';
import { MERGED } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams } from '../sql/query.ts';
import type { Proportion } from '../statistics/two-proportions.ts';
import { cellKeySql, inBuildSql } from './cell-key-sql.ts';
import type { LevelBuild } from './level-build.ts';

/** Both arms of a campaign in one cell. */
export interface ArmsOfCell {
  readonly shown: Proportion;
  readonly withheld: Proportion;
}

const numbers = z.array(z.number());
const row = z.object({
  keys: numbers,
  shown: numbers,
  shown_converted: numbers,
  withheld: numbers,
  withheld_converted: numbers,
});

/**
 * Counts the people of both arms and who of them reached the goal, cell by cell: those whom the lift of the
 * campaign's report compares.
 */
export async function countArms(
  log: EventLogReader,
  input: {
    readonly build: LevelBuild;
    readonly variables: readonly string[];
    readonly campaign: Campaign;
    readonly period: ReportPeriod;
    readonly shopCurrency: string;
  },
): Promise<ReadonlyMap<number, ArmsOfCell>> {
  const params = new SqlParams();
  const windowMs = input.campaign.goal.windowHours * HOUR_MS;
  const sql = `
    WITH ${MERGED},
    cohort AS (${cohortSql(input, params)}),
    goals AS (${goalEventsSql({ ...input, windowMs }, params)}),
    drawn AS (
      SELECT cohort.person AS hash, any(cohort.draw_arm) AS arm,
        max(goals.person != 0 AND ${isReachedSql(windowMs, params)}) AS is_converted
      FROM cohort LEFT JOIN goals ON goals.person = cohort.person
      WHERE ${IS_COMPARED}
      GROUP BY hash
    ),
    placed AS (
      SELECT person_hash, ${cellKeySql(input.build, input.variables, params)} AS cell
      FROM person_levels WHERE ${inBuildSql(input.build, params)}
    ),
    cells AS (
      SELECT placed.cell AS cell,
        toUInt32(countIf(arm = 'treatment')) AS shown,
        toUInt32(countIf(arm = 'treatment' AND is_converted)) AS shown_converted,
        toUInt32(countIf(arm = 'holdout')) AS withheld,
        toUInt32(countIf(arm = 'holdout' AND is_converted)) AS withheld_converted
      FROM placed INNER JOIN drawn ON drawn.hash = placed.person_hash
      GROUP BY cell
    )
    SELECT groupArray(toFloat64(cell)) AS keys,
      groupArray(shown) AS shown, groupArray(shown_converted) AS shown_converted,
      groupArray(withheld) AS withheld, groupArray(withheld_converted) AS withheld_converted
    FROM cells`;
  const [columns] = await runQuery(log, { sql, params, row });
  return new Map(
    (columns?.keys ?? []).map((key, index): [number, ArmsOfCell] => [
      key,
      {
        shown: {
          people: columns?.shown[index] ?? 0,
          converted: columns?.shown_converted[index] ?? 0,
        },
        withheld: {
          people: columns?.withheld[index] ?? 0,
          converted: columns?.withheld_converted[index] ?? 0,
        },
      },
    ]),
  );
}
