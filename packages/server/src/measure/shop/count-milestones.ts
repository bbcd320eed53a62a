import type { Milestones } from '@tenth/model/workspace.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { eventMatchSql } from '../sql/event-match-sql.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

export interface MilestoneViews {
  readonly memberBenefit: number;
  readonly signUpForm: number;
}

const row = z
  .object({ member_benefit: z.coerce.number(), sign_up_form: z.coerce.number() })
  .transform(
    (counted): MilestoneViews => ({
      memberBenefit: counted.member_benefit,
      signUpForm: counted.sign_up_form,
    }),
  );

/** Views, not viewers: each event that the workspace's milestones mean. */
export async function countMilestones(
  log: EventLogReader,
  input: { readonly milestones: Milestones; readonly period: ReportPeriod },
): Promise<MilestoneViews> {
  const params = new SqlParams();
  const memberBenefit = eventMatchSql(input.milestones.memberBenefitPage, params);
  const signUpForm = eventMatchSql(input.milestones.signUpFormPage, params);
  const sql = `
    SELECT countIf(${memberBenefit}) AS member_benefit, countIf(${signUpForm}) AS sign_up_form
    FROM events
    WHERE ${WORKSPACE} AND NOT is_bot AND (${memberBenefit} OR ${signUpForm})
      AND timestamp >= ${params.bindTime(input.period.fromMs)}
      AND timestamp < ${params.bindTime(input.period.toMs)}`;
  const [views] = await runQuery(log, { sql, params, row });
  return views ?? { memberBenefit: 0, signUpForm: 0 };
}
