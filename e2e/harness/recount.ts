import { decodeProfile } from '@tenth/engine/profile.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { expect } from 'vitest';
import { eventually } from './api.ts';
import { CAPS } from './coin-plan.ts';
import type { ServedStores } from './served-stores.ts';
import { COIN, type SentCoin, type Shoppers, type Shown } from './shoppers.ts';

/** Count and sum of what one person spent. */
interface Spent {
  readonly coins: number;
  readonly amount: number;
}

/**
 * Holds what both databases have against what the clients know: each acknowledged event once in the
 * log, profiles equal to what SQL counts of the log, no cap exceeded and no message shown twice.
 *
 * @param caps What may not exceed them: all that was `decided`, or what was `seen`, where a place in a cap
 *   may have been given free since nobody saw the message in time.
 */
export async function expectExact(
  stores: ServedStores,
  { acknowledged, shown }: Pick<Shoppers, 'acknowledged' | 'shown'>,
  seed: number,
  caps: 'decided' | 'seen' = 'decided',
): Promise<void> {
  await untilShipped(stores);
  await expectOnceEach(stores, acknowledged, seed);
  const fromLog = await spentByLog(stores);
  expect(fromLog, `the log against the clients, seed ${seed}`).toEqual(spentBySent(acknowledged));
  const inProfiles = await spentByProfiles(stores);
  expect(inProfiles, `profiles against the log, seed ${seed}`).toEqual(fromLog);
  expectSeenWithinCaps(shown, seed);
  const logged = await expectShownOnce(stores, shown, seed);
  if (caps === 'decided') {
    const over = logged.filter(({ campaign_id, ids }) => ids.length > capOf(campaign_id));
    expect(over, `decided over the cap, seed ${seed}`).toEqual([]);
  }
}

/** Until the outbox is empty. */
export async function untilShipped(stores: ServedStores): Promise<void> {
  await eventually(
    () => stores.query<{ rows: string }>('select count(*) as rows from outbox'),
    ([row]) => row?.rows === '0',
  );
}

async function expectOnceEach(
  stores: ServedStores,
  acknowledged: readonly SentCoin[],
  seed: number,
): Promise<void> {
  const logged = await stores.ask<{ message_id: string; times: number }>(
    `SELECT message_id, count() AS times FROM events WHERE event = '${COIN}' GROUP BY message_id`,
  );
  const doubled = logged.filter(({ times }) => times > 1);
  expect(doubled, `more than once in the log, seed ${seed}`).toEqual([]);
  const inLog = new Set(logged.map(({ message_id }) => message_id));
  const lost = acknowledged.filter(({ messageId }) => !inLog.has(messageId));
  expect(lost, `acknowledged and not in the log, seed ${seed}`).toEqual([]);
  expect(logged, `seed ${seed}`).toHaveLength(acknowledged.length);
}

function spentBySent(sent: readonly SentCoin[]): Map<string, Spent> {
  const people = new Map<string, Spent>();
  for (const { anonymousId, amount } of sent) {
    const before = people.get(anonymousId) ?? { coins: 0, amount: 0 };
    people.set(anonymousId, { coins: before.coins + 1, amount: before.amount + amount });
  }
  return people;
}

async function spentByLog(stores: ServedStores): Promise<Map<string, Spent>> {
  const rows = await stores.ask<Spent & { anonymous_id: string }>(
    `SELECT anonymous_id, count() AS coins,
      sum(JSONExtractInt(payload, 'properties', 'amount')) AS amount
    FROM events WHERE event = '${COIN}' GROUP BY anonymous_id`,
  );
  return new Map(rows.map(({ anonymous_id, coins, amount }) => [anonymous_id, { coins, amount }]));
}

async function spentByProfiles(stores: ServedStores): Promise<Map<string, Spent>> {
  const rows = await stores.query<{ value: string; state: string }>(
    `select i.value, p.state from identifiers i
    join profiles p using (workspace_id, profile_id)
    where i.kind = 'anonymous_id' and i.value like 'shopper-%'`,
  );
  return new Map(rows.map(({ value, state }) => [value, spentOf(decodeProfile(state))]));
}

const STEPS = 10_000;

/** Shoppers do nothing else that is aggregated; a count is [bucket, count], a sum [bucket, count, steps]. */
function spentOf({ aggregates }: Profile): Spent {
  const states = Object.values(aggregates).flatMap((byId) => Object.entries(byId));
  const count = states.find(([id]) => id.includes('-count-'))?.[1];
  const sum = states.find(([id]) => id.includes('-sum-'))?.[1];
  return { coins: Number(count?.[1] ?? 0), amount: Number(sum?.[2] ?? 0) / STEPS };
}

const capOf = (campaignId: string) => CAPS[campaignId] ?? Number.POSITIVE_INFINITY;

function expectSeenWithinCaps(shown: readonly Shown[], seed: number): void {
  const times = new Map<string, number>();
  for (const { anonymousId, campaignId } of shown) {
    const key = `${campaignId} to ${anonymousId}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const over = [...times].filter(([key, count]) => count > capOf(key.split(' ')[0] ?? ''));
  expect(over, `seen over the cap, seed ${seed}`).toEqual([]);
}

interface LoggedDecisions {
  readonly campaign_id: string;
  readonly ids: readonly string[];
}

async function expectShownOnce(
  stores: ServedStores,
  shown: readonly Shown[],
  seed: number,
): Promise<readonly LoggedDecisions[]> {
  const logged = await stores.ask<LoggedDecisions>(
    'SELECT campaign_id, profile_id, groupArray(decision_id) AS ids FROM decisions GROUP BY ALL',
  );
  const ids = logged.flatMap((row) => row.ids);
  expect(new Set(ids).size, `decisions of the log are all different, seed ${seed}`).toBe(
    ids.length,
  );
  const seen = shown.map(({ decisionId }) => decisionId);
  expect(new Set(seen).size, `shown once each, seed ${seed}`).toBe(seen.length);
  const inLog = new Set(ids);
  const unknown = seen.filter((id) => !inLog.has(id));
  expect(unknown, `shown and not in the log, seed ${seed}`).toEqual([]);
  return logged;
}
