import type { Campaign } from '@tenth/model/campaign.ts';
import { type Arm, arm } from '@tenth/model/decision.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { MERGED } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams } from '../sql/query.ts';
import { cohortSql, IS_COMPARED } from './cohort-sql.ts';

/** People whose arm was drawn alike. */
export interface DrawCell {
  readonly planVersion: number;
  readonly arm: Arm;
  readonly variantId: string;
  /** Chance that this arm, and when shown this variant, had. */
  readonly probability: number;
  readonly people: number;
}

const row = z
  .object({
    plan: z.coerce.number(),
    arm,
    variant: z.string(),
    probability: z.coerce.number(),
    people: z.coerce.number(),
  })
  .transform(
    ({ plan, variant, ...rest }): DrawCell => ({ ...rest, planVersion: plan, variantId: variant }),
  );

/** How those who are compared came by their arms. */
export async function countDraws(
  log: EventLogReader,
  input: { readonly campaign: Campaign; readonly period: ReportPeriod },
): Promise<readonly DrawCell[]> {
  const params = new SqlParams();
  const sql = `
    WITH ${MERGED}, cohort AS (${cohortSql(input, params)})
    SELECT draw_plan AS plan, draw_arm AS arm, draw_variant AS variant,
      draw_probability AS probability, count() AS people
    FROM cohort WHERE ${IS_COMPARED}
    GROUP BY plan, arm, variant, probability`;
  return runQuery(log, { sql, params, row });
}
