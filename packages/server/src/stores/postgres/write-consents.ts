import type { SaidConsent } from '../../privacy/consent-news.ts';
import type { NewConsent } from '../../privacy/ports.ts';
import type { Statement } from './connection.ts';

/**
 * Keeps whoever else writes down what these say waiting, and a merge and an erasure from going on before the
 * rows are there. Always in the same order, so that two writers cannot wait for each other in a circle.
 * Those of a person's other browsers may go on: a yes is judged by its own browser alone, and a no that is
 * written down twice is still a no.
 */
export function lockIdentifiers(consents: readonly NewConsent[]): Statement {
  return {
    sql: `select from identifiers i
      join (select distinct * from unnest($1::text[], $2::text[], $3::text[])
        as named (workspace_id, kind, value)) as n using (workspace_id, kind, value)
      order by workspace_id, kind, value for update of i`,
    values: [
      consents.map((one) => one.workspaceId),
      consents.map((one) => one.identifier.kind),
      consents.map((one) => one.identifier.value),
    ],
  };
}

export function insertConsents(said: readonly SaidConsent[]): Statement {
  const consents = said.map(({ consent }) => consent);
  return {
    sql: `insert into consents (workspace_id, profile_id, purpose, state, at, received_at, text_version,
        source, page_url, device, anonymous_id, message_id, given_by)
      select workspace_id, profile_id, purpose, state, at, received_at, text_version, source, page_url,
        device, anonymous_id, message_id, given_by
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
          $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
        with ordinality as w (workspace_id, profile_id, purpose, state, at, received_at, text_version,
          source, page_url, device, anonymous_id, message_id, given_by, place)
      order by place`,
    values: [
      consents.map((one) => one.workspaceId),
      said.map(({ heard }) => heard.personId),
      consents.map((one) => one.purpose),
      consents.map((one) => one.state),
      consents.map((one) => one.at),
      consents.map((one) => one.receivedAt),
      consents.map((one) => one.textVersion ?? null),
      consents.map((one) => one.source ?? null),
      consents.map((one) => one.pageUrl ?? null),
      consents.map((one) => one.device ?? null),
      consents.map((one) => one.anonymousId ?? null),
      consents.map((one) => one.messageId ?? null),
      consents.map((one) => one.givenBy),
    ],
  };
}
