import type { Campaign } from '@tenth/model/campaign.ts';
import type { ReportPeriod } from '../report-period.ts';
import { PERSON_KEY } from '../sql/people.ts';
import { type SqlParams, WORKSPACE } from '../sql/query.ts';

/**
 * The people who qualified in the period, a row each, by their hash. Needs the expression `merged`.
 *
 * `draw_*` tell of a person's very first decision of the campaign, when their arm was drawn: later ones
 * log the chance that the plan gives by then. Who ever had decisions of both arms is crossed over, as is
 * whom the engine marked so at a merge.
 *
 * Whom to compare is {@link IS_COMPARED}; the others are in for what they did alone.
 */
export function cohortSql(
  input: { readonly campaign: Campaign; readonly period: ReportPeriod },
  params: SqlParams,
): string {
  const isInPeriod = `d.at >= ${params.bindTime(input.period.fromMs)}`;
  const isShown = `${isInPeriod} AND d.arm = 'treatment'`;
  // Of equal times the lesser id is first. As one number, since comparing tuples takes several times as long.
  const order =
    'bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(d.at)), 64), toUInt128(reinterpretAsUInt64(reverse(unhex(d.decision_id)))))';
  return `
    SELECT ${PERSON_KEY} AS person,
      minIf(d.at, ${isInPeriod}) AS first_at,
      argMinIf(toString(d.variant_id), ${order}, ${isShown}) AS shown_variant,
      argMin(toString(d.arm), ${order}) AS draw_arm,
      argMin(toString(d.variant_id), ${order}) AS draw_variant,
      argMin(d.probability, ${order}) AS draw_probability,
      argMin(d.plan_version, ${order}) AS draw_plan,
      min(d.at) < ${params.bindTime(input.period.fromMs)} AS is_drawn_before,
      min(d.arm) != max(d.arm) OR max(d.is_crossed_over) AS is_crossed
    FROM decisions AS d
    WHERE ${WORKSPACE} AND d.campaign_id = ${params.bind('String', input.campaign.id)}
      AND d.at < ${params.bindTime(input.period.toMs)} AND NOT d.is_bot
    GROUP BY person
    HAVING countIf(${isInPeriod}) > 0`;
}

/**
 * Which of the `cohort` the arms are compared by: whose arm was drawn in the period, once, and who kept it.
 * Whether somebody drawn before qualifies once more is up to what the message did to them: whom it won over
 * leaves the audience, a place that was reserved and not seen is free again, a withheld one never. Of such
 * people the arms are no longer alike, though the draw was.
 */
export const IS_COMPARED = 'NOT cohort.is_drawn_before AND NOT cohort.is_crossed';
