import type { Condition } from '@tenth/model/condition.ts';
import { type ProfileId, profileId, type SegmentId } from '@tenth/model/ids.ts';
import type { Segment } from '@tenth/model/segment.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { z } from 'zod';
import { MERGED, PERSON_KEY } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { type PeopleQuestion, writePeopleQuery } from './people-where.ts';

/** A condition that is being written, and whom it is asked of. */
export interface Draft extends PeopleQuestion {
  readonly condition: Condition;
}

export interface SegmentSize {
  readonly people: number;
  /** All people of the workspace, bots apart. */
  readonly of: number;
}

/** How many people are in the segment. */
export async function countPeople(log: EventLogReader, draft: Draft): Promise<SegmentSize> {
  const { counts, everybody } = await countHolding(log, draft, [draft.condition]);
  return { people: counts[0]?.people ?? 0, of: everybody };
}

async function countEverybody(log: EventLogReader, upTo: EpochMs | undefined): Promise<number> {
  const params = new SqlParams();
  const profiles =
    upTo === undefined
      ? `profile_facts WHERE ${WORKSPACE}`
      : `events WHERE ${WORKSPACE} AND NOT is_bot AND timestamp <= ${params.bindTime(upTo)}`;
  const [row] = await runQuery(log, {
    sql: `WITH ${MERGED}
      SELECT toUInt32(uniqExact(${PERSON_KEY})) AS people FROM ${profiles}`,
    params,
    row: z.object({ people: z.number() }),
  });
  return row?.people ?? 0;
}

interface Counts {
  readonly people: number;
  /** Of them, those for whom the draft holds, too. */
  readonly both: number;
}

/**
 * How many people each condition holds for, and how many of these are in the draft. People with none of
 * the events looked at are counted by what holds for somebody without events.
 */
async function countHolding(
  log: EventLogReader,
  draft: Draft,
  of: readonly Condition[],
): Promise<{ readonly counts: readonly Counts[]; readonly everybody: number }> {
  const { sql, ofNobody, params, hasEverybody } = await writePeopleQuery(
    log,
    draft,
    ({ conditions }) => {
      const holds = conditions.condition(draft.condition);
      const counted = of.map((condition) => {
        const isIn = condition === draft.condition ? holds : conditions.condition(condition);
        return `[toUInt32(countIf(${isIn})), toUInt32(countIf(${isIn} AND ${holds}))]`;
      });
      return `SELECT [${counted.join(', ')}] AS counts, toUInt32(count()) AS rows FROM persons`;
    },
  );
  const row = z.object({ counts: z.array(z.array(z.number())), rows: z.number() });
  const [found] = await runQuery(log, { sql, params, row });
  const { counts: inRows = [], rows = 0 } = found ?? {};
  if (hasEverybody) {
    const counts = inRows.map(([people = 0, both = 0]) => ({ people, both }));
    return { counts, everybody: rows };
  }
  const [nobody] = await runQuery(log, { sql: ofNobody, params, row });
  const everybody = await countEverybody(log, draft.upTo);
  // The log takes events in a moment before what it keeps of their profiles.
  const without = Math.max(0, everybody - rows);
  const counts = inRows.map(([people = 0, both = 0], index) => {
    const [one = 0, oneBoth = 0] = nobody?.counts[index] ?? [];
    return { people: people + one * without, both: both + oneBoth * without };
  });
  return { counts, everybody };
}

/** Some of them, who are always the same ones: a fair draw by a hash of the person's id. */
export async function samplePeople(
  log: EventLogReader,
  draft: Draft,
  most: number,
): Promise<readonly ProfileId[]> {
  const { sql, params } = await writePeopleQuery(log, draft, ({ conditions, aggregates }) => {
    const holds = conditions.condition(draft.condition);
    const personId = aggregates.personId();
    return `SELECT ${personId} AS person_id FROM persons WHERE ${holds}
      ORDER BY murmurHash3_64(person_key) LIMIT ${most}`;
  });
  const rows = await runQuery(log, { sql, params, row: z.object({ person_id: profileId }) });
  return rows.map(({ person_id }) => person_id);
}

export interface Overlap {
  readonly segmentId: SegmentId;
  /** In the other segment. */
  readonly people: number;
  /** In both. */
  readonly both: number;
}

/** Segments asked about in one query: each adds columns to the same pass over the events. */
const SEGMENTS_A_QUERY = 10;

/** How many people are in other segments as well; yields them a few at a time. */
export async function* overlapsOf(
  log: EventLogReader,
  draft: Draft,
  segments: readonly Segment[],
): AsyncGenerator<readonly Overlap[]> {
  for (let first = 0; first < segments.length; first += SEGMENTS_A_QUERY) {
    const part = segments.slice(first, first + SEGMENTS_A_QUERY);
    const conditions = part.map(({ condition }) => condition);
    const { counts } = await countHolding(log, draft, conditions);
    yield part.flatMap(({ id }, index) => {
      const counted = counts[index];
      return counted === undefined ? [] : [{ segmentId: id, ...counted }];
    });
  }
}
