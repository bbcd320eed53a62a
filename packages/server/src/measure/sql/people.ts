import { WORKSPACE } from './query.ts';

/**
 * Common table expressions `people (profile_id, person_id)`: who a merged profile belongs to now. Profiles
 * of their own are not listed.
 *
 * The log's links name the person directly. Where a link names a profile that was itself absorbed later,
 * it is followed on, up to four steps.
 */
export const PEOPLE = `
  links AS (
    SELECT profile_id, argMax(person_id, version) AS linked_to
    FROM person_links WHERE ${WORKSPACE}
    GROUP BY profile_id HAVING linked_to != profile_id
  ),
  links_two AS (
    SELECT near.profile_id AS profile_id,
      if(far.linked_to = '', near.linked_to, far.linked_to) AS linked_to
    FROM links AS near LEFT JOIN links AS far ON near.linked_to = far.profile_id
  ),
  people AS (
    SELECT near.profile_id AS profile_id,
      if(far.linked_to = '', near.linked_to, far.linked_to) AS person_id
    FROM links_two AS near LEFT JOIN links_two AS far ON near.linked_to = far.profile_id
  )`;

/**
 * Common table expression `merged`: hashes of the profiles that belong to somebody else now, the hashes of
 * these people, and their ids. To be looked up by {@link PERSON_KEY}: joining texts takes many times as long.
 */
export const MERGED = `${PEOPLE},
  (
    SELECT (groupArray(cityHash64(profile_id)), groupArray(cityHash64(person_id)), groupArray(person_id))
    FROM people
  ) AS merged`;

/** The person's hash in a table that has `profile_hash`. */
export const PERSON_KEY = 'transform(profile_hash, merged.1, merged.2, profile_hash)';

/** Joins `people` to a table that has `profile_id`; {@link personOf} is then the person. */
export function joinPeople(alias: string): string {
  return `LEFT JOIN people AS linked ON linked.profile_id = ${alias}.profile_id`;
}

export function personOf(alias: string): string {
  return `if(linked.person_id = '', ${alias}.profile_id, linked.person_id)`;
}
