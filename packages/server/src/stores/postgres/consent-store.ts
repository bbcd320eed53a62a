import { consentPurpose } from '@tenth/model/consent-record.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import type { Selectable } from 'kysely';
import type { FiledConsent } from '../../privacy/current-consents.ts';
import type { ConsentStore } from '../../privacy/ports.ts';
import type { PostgresConnection } from './connection.ts';
import type { ConsentTable } from './schema.ts';

/**
 * Whoever nobody knows has no row. What was said before in the same words is not said again. The lock keeps
 * an erasure from going on between the reading of the identifier and the row.
 */
const APPEND = `
  insert into consents (workspace_id, profile_id, purpose, state, at, received_at, text_version, source,
    page_url, device, anonymous_id, message_id, given_by)
  select w.workspace_id, i.profile_id, w.purpose, w.state, w.at, w.received_at, w.text_version, w.source,
    w.page_url, w.device, w.anonymous_id, w.message_id, w.given_by
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
      $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
    with ordinality as w (workspace_id, kind, value, purpose, state, at, received_at, text_version, source,
      page_url, device, anonymous_id, message_id, given_by, place)
  join lateral (select profile_id from identifiers
    where workspace_id = w.workspace_id and kind = w.kind and value = w.value for share) i on true
  where not exists (
    select from (
      select state, text_version from consents c
      where c.workspace_id = w.workspace_id and c.profile_id = i.profile_id and c.purpose = w.purpose
      order by at desc, consent_id desc limit 1) as last
    where last.state = w.state and last.text_version is not distinct from w.text_version)
  order by w.place`;

export function createConsentStore(connection: PostgresConnection): ConsentStore {
  const { db } = connection;
  return {
    async append(consents) {
      await connection.runScript([
        {
          sql: APPEND,
          values: [
            consents.map((one) => one.workspaceId),
            consents.map((one) => one.identifier.kind),
            consents.map((one) => one.identifier.value),
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
        },
      ]);
    },

    async list(workspaceId, profileId) {
      const rows = await db
        .selectFrom('consents')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where((is) =>
          is.or([
            is('profile_id', '=', profileId),
            is(
              'profile_id',
              'in',
              is
                .selectFrom('merges')
                .select('absorbed_id')
                .where('merges.workspace_id', '=', workspaceId)
                .where('survivor_id', '=', profileId)
                .where('undone_at', 'is', null),
            ),
          ]),
        )
        .orderBy('consent_id')
        .execute();
      return rows.map(consentOf);
    },
  };
}

function consentOf(row: Selectable<ConsentTable>): FiledConsent {
  return {
    // Written by append() alone.
    profileId: row.profile_id as ProfileId,
    purpose: consentPurpose.parse(row.purpose),
    state: row.state,
    at: new Date(row.at).toISOString(),
    receivedAt: new Date(row.received_at).toISOString(),
    textVersion: row.text_version,
    source: row.source,
    pageUrl: row.page_url,
    device: row.device,
    anonymousId: row.anonymous_id,
    messageId: row.message_id,
    givenBy: row.given_by,
  };
}
