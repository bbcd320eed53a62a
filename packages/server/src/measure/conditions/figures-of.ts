import type { NumberMeasure } from '@tenth/model/measure.ts';
import { z } from 'zod';
import type { EventLogReader } from '../sql/query.ts';
import { runQuery } from '../sql/query.ts';
import { type PeopleQuestion, writePeopleQuery } from './people-where.ts';

/** A distinct figure and how many people have it; ascending. */
export interface FigureCount {
  readonly figure: number;
  readonly people: number;
}

/** More steps than any cut needs; beyond them neighbouring figures are taken together. */
const MOST_STEPS = 20_000;

/**
 * The figures of everybody of whom they are known, as a distribution: each figure with its people, or,
 * where there are very many, one for each twenty-thousandth of the people.
 */
export async function readFigures(
  log: EventLogReader,
  question: PeopleQuestion & { readonly measure: NumberMeasure },
): Promise<readonly FigureCount[]> {
  const written = await writePeopleQuery(log, question, ({ conditions, aggregates }) => {
    // Whoever did nothing of the kind may have a figure, too: a count of 0.
    aggregates.everybody();
    const figure = `toFloat64(${conditions.figure(question.measure)})`;
    const each = `SELECT figure, count() AS people FROM (SELECT ${figure} AS figure FROM persons)
        WHERE figure IS NOT NULL GROUP BY figure`;
    return `SELECT assumeNotNull(max(figure)) AS figure, toUInt32(sum(people)) AS people FROM (
        SELECT figure, people, intDiv(sum(people) OVER (ORDER BY figure) - 1,
          greatest(1, intDiv(sum(people) OVER (), ${MOST_STEPS}))) AS step
        FROM (${each})
      ) GROUP BY step ORDER BY figure`;
  });
  const row = z.object({ figure: z.number(), people: z.number() });
  return runQuery(log, { sql: written.sql, params: written.params, row });
}

/**
 * The figure that a share of people stays below or reaches.
 *
 * @param shares From 0, the least figure, to 1, the greatest.
 */
export function quantilesOf(
  figures: readonly FigureCount[],
  shares: readonly number[],
): readonly number[] {
  const everybody = figures.reduce((sum, { people }) => sum + people, 0);
  if (everybody === 0) {
    return [];
  }
  return shares.map((share) => {
    let below = 0;
    for (const { figure, people } of figures) {
      below += people;
      if (below >= share * everybody) {
        return figure;
      }
    }
    return figures.at(-1)?.figure ?? 0;
  });
}
