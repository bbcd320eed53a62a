import type { ConsentAnswer, ConsentPurpose } from '@tenth/model/consent-record.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { HeardConsent, HeardConsents, SaidConsent } from '../../privacy/consent-news.ts';
import type { NewConsent } from '../../privacy/ports.ts';
import type { BoundValue } from './connection.ts';

/** Runs one question, on its own or within a transaction. */
export type Ask = <Row>(sql: string, values: readonly BoundValue[]) => Promise<readonly Row[]>;

const OF_PURPOSE = `select * from consents c where c.workspace_id = w.workspace_id
        and c.profile_id = own.id and c.purpose = asked.purpose`;
const LATEST = 'order by at desc, consent_id desc limit 1';

/**
 * As much of what people said as answers given from `since` to `until` are judged by: of each profile and
 * purpose the last answer before that, the asking browser's last one, and all between. Each is found in an
 * index (migration 11), for a shop that calls all its guests by one id has one person of many answers. What
 * was said comes in one text: a row each costs several times as much on its way here as to be found.
 */
const READ = `
  select w.place, i.profile_id as person_id, merged.at as merged_at, (
    select coalesce(json_agg(json_build_array(filed.consent_id, filed.profile_id, filed.purpose,
      filed.state, filed.at, filed.text_version, filed.anonymous_id, filed.given_by)), '[]')
    from unnest(merged.ids || i.profile_id) as own (id)
    cross join unnest(string_to_array(w.purposes, ' ')) as asked (purpose)
    cross join lateral (
      (${OF_PURPOSE} and c.at <= w.since ${LATEST})
      union all
      (${OF_PURPOSE} and c.at <= w.since and c.given_by = 'event'
        and coalesce(c.anonymous_id, '') = coalesce(w.browser, '') ${LATEST})
      union all
      (${OF_PURPOSE} and w.until > w.since and c.at > w.since and c.at <= w.until)) as filed
    ) as filed
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
    with ordinality as w (workspace_id, kind, value, browser, purposes, since, until, place)
  join identifiers i
    on i.workspace_id = w.workspace_id and i.kind = w.kind and i.value = w.value
  left join lateral (
    select array_agg(m.absorbed_id) as ids, max(m.at) as at from merges m
    where m.workspace_id = w.workspace_id and m.survivor_id = i.profile_id and m.undone_at is null
  ) as merged on true`;

interface HeardRow {
  readonly place: number;
  readonly person_id: ProfileId;
  readonly merged_at: number | null;
  readonly filed: readonly FiledRow[];
}

/** As {@link READ} gives them. Only what was checked is ever written there. */
type FiledRow = readonly [
  consentId: number,
  profileId: ProfileId,
  purpose: ConsentPurpose,
  state: ConsentAnswer,
  at: EpochMs,
  textVersion: string | null,
  anonymousId: string | null,
  givenBy: string,
];

/** The answers of whoever is known, with what they are judged by. One read, however many they are. */
export async function heardConsents(
  ask: Ask,
  consents: readonly NewConsent[],
): Promise<readonly SaidConsent[]> {
  const voices = voicesOf(consents);
  const asked = [...voices.values()];
  const rows = await ask<HeardRow>(READ, [
    asked.map(({ first }) => first.workspaceId),
    asked.map(({ first }) => first.identifier.kind),
    asked.map(({ first }) => first.identifier.value),
    asked.map(({ first }) => first.anonymousId ?? null),
    asked.map(({ purposes }) => [...purposes].join(' ')),
    asked.map(({ since }) => since),
    asked.map(({ until }) => until),
  ]);
  const people = new HeardPeople();
  for (const row of rows) {
    const voice = asked[row.place - 1];
    if (voice !== undefined) {
      people.add(voice, row);
    }
  }
  return consents.flatMap((consent) => {
    const voice = voices.get(nameOfVoice(consent));
    const heard = voice === undefined ? undefined : people.heardOf(voice, consent.purpose);
    return heard === undefined ? [] : [{ consent, heard }];
  });
}

/** Somebody by one identifier on one browser. */
interface Voice {
  readonly first: NewConsent;
  readonly purposes: Set<ConsentPurpose>;
  since: EpochMs;
  until: EpochMs;
}

function voicesOf(consents: readonly NewConsent[]): ReadonlyMap<string, Voice> {
  const voices = new Map<string, Voice>();
  for (const consent of consents) {
    const { at, purpose } = consent;
    const name = nameOfVoice(consent);
    const known = voices.get(name);
    if (known === undefined) {
      voices.set(name, { first: consent, purposes: new Set([purpose]), since: at, until: at });
    } else {
      known.purposes.add(purpose);
      known.since = Math.min(known.since, at);
      known.until = Math.max(known.until, at);
    }
  }
  return voices;
}

function nameOfVoice({ workspaceId, identifier, anonymousId }: NewConsent): string {
  return JSON.stringify([workspaceId, identifier.kind, identifier.value, anonymousId]);
}

/** Puts together what was found of one person by several voices. */
class HeardPeople {
  readonly #people = new Map<string, HeardPerson>();
  readonly #personOf = new Map<Voice, HeardPerson>();

  add(voice: Voice, row: HeardRow): void {
    const key = `${voice.first.workspaceId}\n${row.person_id}`;
    const person = this.#people.get(key) ?? { ...row, records: new Map(), heard: new Map() };
    this.#people.set(key, person);
    this.#personOf.set(voice, person);
    for (const record of row.filed) {
      person.records.set(record[0], record);
    }
  }

  heardOf(voice: Voice, purpose: ConsentPurpose): HeardConsents | undefined {
    const person = this.#personOf.get(voice);
    if (person === undefined) {
      return undefined;
    }
    const heard = person.heard.get(purpose) ?? toHeard(person, purpose);
    person.heard.set(purpose, heard);
    return heard;
  }
}

interface HeardPerson extends Pick<HeardRow, 'person_id' | 'merged_at'> {
  /** By their ids: several voices find the same ones. */
  readonly records: Map<number, FiledRow>;
  readonly heard: Map<ConsentPurpose, HeardConsents>;
}

function toHeard(
  { person_id, merged_at, records }: HeardPerson,
  asked: ConsentPurpose,
): HeardConsents {
  const filed = [...records.values()]
    .filter(([, , purpose]) => purpose === asked)
    .sort(([left], [right]) => left - right)
    .map(
      ([, profileId, , state, at, textVersion, anonymousId, givenBy]): HeardConsent => ({
        profileId,
        state,
        at: new Date(at).toISOString(),
        textVersion,
        anonymousId,
        givenBy,
      }),
    );
  const mergedAt = merged_at === null ? undefined : new Date(merged_at).toISOString();
  return { personId: person_id, filed, mergedAt };
}
