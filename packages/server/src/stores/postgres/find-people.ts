import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { FoundPeople, IdentifierRef, ProfileRef, StoredProfile } from '../../commit/ports.ts';
import type { IdentifierKind } from '../../identify/identifier.ts';
import type { PostgresConnection } from './connection.ts';

/** Between what is said of a person, and between people: neither stands in an id, a number or JSON. */
const FIELD_END = '\t';
const PERSON_END = '\n';

/** All people in one text: a row each costs several times as much on its way here as what is in it. */
const FIND = `
  with pointers as (
    select i.workspace_id, i.kind, i.value, i.profile_id
    from unnest($1::text[], $2::text[], $3::text[]) as wanted (workspace_id, kind, value)
    join identifiers i using (workspace_id, kind, value)
  ), ids as (
    select workspace_id, profile_id from pointers
    union
    select * from unnest($4::text[], $5::text[])
  )
  select
    (select coalesce(json_agg(json_build_array(workspace_id, kind, value, profile_id)), '[]')
      from pointers) as pointers,
    (select coalesce(string_agg(concat_ws(E'\\t',
      p.workspace_id, p.profile_id, p.version, p.incarnation, coalesce(p.merged_into, ''),
      (select count(*) from identifiers i
        where i.workspace_id = p.workspace_id and i.profile_id = p.profile_id),
      (select count(*) from merges m where m.workspace_id = p.workspace_id
        and m.survivor_id = p.profile_id and m.undone_at is null),
      (select coalesce(string_agg(m.absorbed_id, ' '), '') from merges m
        where m.workspace_id = p.workspace_id
          and m.survivor_id = p.profile_id and m.undone_at is not null),
      (select coalesce(string_agg(m.survivor_id, ' '), '') from merges m
        where m.workspace_id = p.workspace_id
          and m.absorbed_id = p.profile_id and m.undone_at is not null),
      p.state), E'\\n'), '')
      from ids join profiles p using (workspace_id, profile_id)) as people`;

interface FoundRow {
  readonly pointers: readonly (readonly [WorkspaceId, IdentifierKind, string, ProfileId])[];
  readonly people: string;
}

/** What the identifiers point to, with those profiles, and the profiles asked for by id. */
export async function findPeople(
  connection: PostgresConnection,
  identifiers: readonly IdentifierRef[],
  profiles: readonly ProfileRef[],
): Promise<FoundPeople> {
  const [found] = await connection.read<FoundRow>(FIND, [
    ...identifierLists(identifiers),
    profiles.map((ref) => ref.workspaceId),
    profiles.map((ref) => ref.profileId),
  ]);
  return {
    pointers: (found?.pointers ?? []).map(([workspaceId, kind, value, profileId]) => ({
      workspaceId,
      identifier: { kind, value },
      profileId,
    })),
    profiles: linesOf(found?.people ?? '').map(unpackPerson),
  };
}

/** Identifiers as lists of equal length, which a statement takes apart with `unnest`. */
export function identifierLists(refs: readonly IdentifierRef[]): readonly (readonly string[])[] {
  return [
    refs.map((ref) => ref.workspaceId),
    refs.map((ref) => ref.identifier.kind),
    refs.map((ref) => ref.identifier.value),
  ];
}

/** What a statement has packed into one text. No line ends within an id, a number or JSON. */
export function linesOf(packed: string): readonly string[] {
  return packed === '' ? [] : packed.split(PERSON_END);
}

/** A person as {@link FIND} gives them. Only what was checked is ever written there. */
function unpackPerson(line: string): StoredProfile {
  const [
    workspaceId = '',
    profileId = '',
    version,
    incarnation,
    mergedInto = '',
    identifiers,
    merges,
    apartFromAbsorbed = '',
    apartFromSurvivor = '',
    state = '',
  ] = line.split(FIELD_END);
  return {
    workspaceId: workspaceId as WorkspaceId,
    profileId: profileId as ProfileId,
    version: Number(version),
    incarnation: Number(incarnation),
    state,
    mergedInto: mergedInto === '' ? undefined : (mergedInto as ProfileId),
    identifiers: Number(identifiers),
    merges: Number(merges),
    keptApart: [...idsOf(apartFromAbsorbed), ...idsOf(apartFromSurvivor)],
  };
}

function idsOf(text: string): readonly ProfileId[] {
  return text === '' ? [] : (text.split(' ') as ProfileId[]);
}
