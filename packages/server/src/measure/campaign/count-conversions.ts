import type { Campaign } from '@tenth/model/campaign.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { MERGED } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams } from '../sql/query.ts';
import { cohortSql } from './cohort-sql.ts';
import { goalEventsSql } from './goal-events-sql.ts';
import { reachedSql } from './reached-sql.ts';

/** People who qualified in the period, alike in all that a report tells apart. */
export interface ConversionCell {
  /** As it was drawn. */
  readonly arm: string;
  /** Of the first message shown to them in the period; empty where none was. */
  readonly variantId: string;
  /** Local day of their first qualification in the period. */
  readonly day: string;
  /** Their first decision of the campaign lies before the period. */
  readonly isDrawnBefore: boolean;
  readonly isCrossedOver: boolean;
  readonly people: number;
  readonly converted: number;
  readonly valueMinor: number;
}

const row = z
  .object({
    arm: z.string(),
    variant: z.string(),
    day: z.string(),
    drawn_before: z.coerce.boolean(),
    crossed: z.coerce.boolean(),
    people: z.coerce.number(),
    converted: z.coerce.number(),
    value_minor: z.coerce.number(),
  })
  .transform(
    (cells): ConversionCell => ({
      arm: cells.arm,
      variantId: cells.variant,
      day: cells.day,
      isDrawnBefore: cells.drawn_before,
      isCrossedOver: cells.crossed,
      people: cells.people,
      converted: cells.converted,
      valueMinor: cells.value_minor,
    }),
  );

/**
 * Counts who reached the goal: the first goal event after a person's first qualification in the period
 * and within the goal's window, in both arms alike. The window may reach beyond the period.
 */
export async function countConversions(
  log: EventLogReader,
  input: {
    readonly campaign: Campaign;
    readonly period: ReportPeriod;
    readonly shopCurrency: string;
  },
): Promise<readonly ConversionCell[]> {
  const params = new SqlParams();
  const windowMs = input.campaign.goal.windowHours * HOUR_MS;
  const sql = `
    WITH ${MERGED},
    cohort AS (${cohortSql(input, params)}),
    goals AS (${goalEventsSql({ ...input, windowMs }, params)}),
    reached AS (${reachedSql(windowMs, params)})
    SELECT cohort.draw_arm AS arm, cohort.shown_variant AS variant,
      toString(toDate(cohort.first_at, ${params.bind('String', input.period.timeZone)})) AS day,
      cohort.is_drawn_before AS drawn_before, cohort.is_crossed AS crossed,
      count() AS people, countIf(reached.person != 0) AS converted,
      sum(reached.value_minor) AS value_minor
    FROM cohort LEFT JOIN reached ON reached.person = cohort.person
    GROUP BY arm, variant, day, drawn_before, crossed`;
  return runQuery(log, { sql, params, row });
}
