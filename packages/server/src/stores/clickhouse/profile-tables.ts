import type { ClickHouseClient } from '@clickhouse/client';
import { deviceColumns, deviceStatesOf, profileFactsOf } from '../../measure/sql/profile-tables.ts';

/**
 * Statements that put what some events tell of their profiles into the tables that keep it. Equal rows
 * fall together and all else is a maximum or a set, so that running them again does no harm.
 *
 * @param where Which events.
 */
export function fillProfileTablesSql(where: string): readonly string[] {
  return [
    `INSERT INTO device_states (workspace_id, profile_hash, latest, ${Object.keys(deviceColumns).join(', ')})
    ${deviceStatesOf(where)}`,
    `INSERT INTO profile_facts (workspace_id, profile_hash, profile_id, is_member, sessions, nameless_sessions, last_user)
    ${profileFactsOf(where)}`,
  ];
}

/** Takes over what a batch of the event log tells of its profiles; see {@link fillProfileTablesSql}. */
export async function fillProfileTables(client: ClickHouseClient, batch: bigint): Promise<void> {
  for (const query of fillProfileTablesSql(`batch = ${batch}`)) {
    await client.command({ query });
  }
}
