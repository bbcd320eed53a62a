import { eventually, readApi, writeApi } from './api.ts';
import { COIN } from './shoppers.ts';

/** Of each campaign, how often a person may see it at most. */
export const CAPS: Readonly<Record<string, number>> = { 'coin-once': 1, 'coin-thrice': 3 };

const coin = { type: 'track', name: COIN };
const ever = { kind: 'ever' };
const both = (text: string) => ({ ko: text, en: text });

/** Publishes what makes coins counted in profiles, and campaigns on them with caps. */
export async function publishCoinPlan(origin: string): Promise<void> {
  await writeApi(origin, 'PUT', '/api/v1/segments/coin-rich', {
    id: 'coin-rich',
    name: both('Coin rich'),
    condition: {
      kind: 'all',
      of: [
        { kind: 'event_count', event: coin, window: ever, test: { op: 'gte', value: 2 } },
        {
          kind: 'event_number',
          event: coin,
          property: 'properties.amount',
          measure: 'sum',
          window: ever,
          test: { op: 'gte', value: 5_000 },
        },
      ],
    },
  });
  for (const [id, ever] of Object.entries(CAPS)) {
    await writeApi(origin, 'PUT', `/api/v1/campaigns/${id}`, {
      id,
      name: both(id),
      status: 'live',
      trigger: { kind: 'event', event: coin },
      format: { kind: 'slide_in', corner: 'bottom_right' },
      exclusiveGroup: id,
      variants: [{ id: 'only', content: { title: both('Thank you') } }],
      caps: { ever },
      countsTowardsPersonCaps: false,
      holdoutShare: 0,
      goal: { event: { type: 'track', name: 'Order Completed' } },
    });
  }
  await eventually(
    () => readApi<{ readonly state: string }>(origin, '/api/v1/segments/coin-rich/backfill'),
    ({ state }) => state === 'done',
  );
}
