import { type ProfileId, profileId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import { PEOPLE } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams } from '../sql/query.ts';

export interface PersonProfiles {
  readonly personId: ProfileId;
  /** The person's own, and those merged into it. */
  readonly profileIds: readonly ProfileId[];
}

const row = z.object({ profile_id: profileId, person_id: profileId });

/** The person that a profile belongs to now, with all its profiles. One that was never merged is its own. */
export async function findPersonProfiles(
  log: EventLogReader,
  asked: ProfileId,
): Promise<PersonProfiles> {
  const params = new SqlParams();
  const id = params.bind('String', asked);
  const sql = `
    WITH ${PEOPLE}
    SELECT profile_id, person_id FROM people
    WHERE person_id = ${id} OR person_id IN (SELECT person_id FROM people WHERE profile_id = ${id})
    ORDER BY profile_id`;
  const rows = await runQuery(log, { sql, params, row });
  const personId = rows.find((link) => link.profile_id === asked)?.person_id ?? asked;
  const merged = rows.filter((link) => link.person_id === personId).map((link) => link.profile_id);
  return { personId, profileIds: [personId, ...merged] };
}
