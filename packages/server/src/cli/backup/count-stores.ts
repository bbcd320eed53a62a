import { z } from 'zod';
import type { Stores } from '../../assembly/open-stores.ts';
import type { StoreCounts } from './manifest.ts';

const counted = z.array(z.object({ events: z.coerce.number(), decisions: z.coerce.number() }));

/** Of tables that only live traffic changes: two counts of one state are the same. */
export async function countStores({
  postgres,
  clickhouse,
}: Pick<Stores, 'postgres' | 'clickhouse'>): Promise<StoreCounts> {
  const [state] = await postgres.read<Omit<StoreCounts, 'events' | 'decisions'>>(
    `select (select count(*) from workspaces) as workspaces,
      (select count(*) from profiles) as profiles,
      (select count(*) from identifiers) as identifiers`,
    [],
  );
  const reply = await clickhouse.client.query({
    query:
      'SELECT (SELECT count() FROM events) AS events, (SELECT count() FROM decisions) AS decisions',
    format: 'JSONEachRow',
  });
  const [log] = counted.parse(await reply.json());
  const { workspaces = 0, profiles = 0, identifiers = 0 } = state ?? {};
  return { workspaces, profiles, identifiers, events: 0, decisions: 0, ...log };
}

/** `1,204 events, 37 profiles`. */
export function describeCounts(counts: StoreCounts): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
    .join(', ');
}
