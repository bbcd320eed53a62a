import { consentPurpose } from '@tenth/model/consent-record.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { CompiledQuery, type Selectable } from 'kysely';
import { pickNews } from '../../privacy/consent-news.ts';
import type { FiledConsent } from '../../privacy/current-consents.ts';
import type { ConsentStore, NewConsent } from '../../privacy/ports.ts';
import {
  type BoundValue,
  isLostToAnother,
  type PostgresConnection,
  type Statement,
} from './connection.ts';
import { type Ask, heardConsents } from './heard-consents.ts';
import type { ConsentTable } from './schema.ts';
import { insertConsents, lockIdentifiers } from './write-consents.ts';

/** A merge takes a person's identifiers in an order of its own, so the two may wait for each other. */
const MOST_TRIES = 3;

export function createConsentStore(connection: PostgresConnection): ConsentStore {
  const { db } = connection;

  /** What is news, by what stands when nobody else can write of these people. */
  function write(consents: readonly NewConsent[]): Promise<void> {
    return db.transaction().execute(async (tx) => {
      const ask: Ask = async <Row>(sql: string, values: readonly BoundValue[]) => {
        const { rows } = await tx.executeQuery(CompiledQuery.raw(sql, [...values]));
        // As of the connection's own `read`: the row type is the caller's claim about its query.
        return rows as readonly Row[];
      };
      const run = ({ sql, values }: Statement) => ask(sql, values);
      // A statement of its own: the next one then sees all that others have written up to here.
      await run(lockIdentifiers(consents));
      const news = pickNews(await heardConsents(ask, consents));
      if (news.length > 0) {
        await run(insertConsents(news));
      }
    });
  }

  return {
    async append(consents) {
      // Nearly all are repetitions, which this one read finds out without a lock.
      const said = await heardConsents((sql, values) => connection.read(sql, values), consents);
      const changing = new Set(pickNews(said).map(({ heard }) => heard));
      const judgedAnew = said.filter(({ heard }) => changing.has(heard));
      for (let tries = 1; judgedAnew.length > 0; tries += 1) {
        try {
          return await write(judgedAnew.map(({ consent }) => consent));
        } catch (error) {
          if (tries >= MOST_TRIES || !isLostToAnother(error)) {
            throw error;
          }
        }
      }
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
              // Merges do not chain: see `planIdentity`.
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
