import { type ProfileId, profileId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../measure/sql/query.ts';

const row = z.object({ survivor: profileId, absorbed_id: profileId });

/** Merges hardly chain; whoever was parted and merged elsewhere again adds a step. */
const MOST_STEPS = 8;

/**
 * All profiles that were ever one person with the given ones, also where the merge has been undone:
 * what any of them was at a past moment is found by running the events of all.
 */
export async function findEverMerged(
  log: EventLogReader,
  given: readonly ProfileId[],
): Promise<readonly ProfileId[]> {
  const known = new Set(given);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const before = known.size;
    const params = new SqlParams();
    const ids = params.bind('Array(String)', [...known]);
    const sql = `
      SELECT DISTINCT profile_id AS survivor, absorbed_id FROM events
      WHERE ${WORKSPACE} AND absorbed_id != '' AND (profile_id IN ${ids} OR absorbed_id IN ${ids})`;
    for (const link of await runQuery(log, { sql, params, row })) {
      known.add(link.survivor).add(link.absorbed_id);
    }
    if (known.size === before) {
      break;
    }
  }
  return [...known];
}
