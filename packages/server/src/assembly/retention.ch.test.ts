import { DAY_MS } from '@tenth/model/time.ts';
import { workspaceSettings } from '@tenth/model/workspace.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHere, type TenthHere } from './testing/open-here.ts';
import type { Wanted } from './testing/search-stores.ts';

let here: TenthHere;
beforeAll(async () => {
  here = await openHere();
}, 120_000);
afterAll(() => here.remove());

const traceOf = (name: string): Wanted => ({ texts: [name], members: [], profileIds: [] });

test('nothing goes by default; then old events and whoever has been away, and it is written down', async () => {
  const { tenth, caller } = here;
  const { handlers } = tenth.admin;
  const event = (name: string, daysAgo: number, sentence: string) => ({
    type: 'track',
    event: 'Looked',
    userId: name,
    properties: { sentence },
    timestamp: new Date(Date.now() - daysAgo * DAY_MS),
  });
  await here.send([
    event('away-3f1a', 900, 'long ago'),
    event('away-3f1b', 800, 'long ago'),
    event('regular-3f2', 700, 'old sentence'),
    event('regular-3f2', 2, 'new sentence'),
  ]);
  const audited = async () => {
    const query = { limit: 50, act: 'applyRetention' };
    return (await handlers.listAudit({ caller, query })).entries.map(({ target }) => target);
  };
  await tenth.retention.runDue();
  expect(await audited()).toEqual([]);

  await handlers.putWorkspace({
    caller,
    body: workspaceSettings.parse({
      name: 'Shop',
      privacy: { inactiveMonths: 24, eventMonths: 18 },
    }),
  });
  // All has been shipped, or the old events would come to the log after they were looked for.
  for await (const _ of await tenth.admin.personExports.run(
    caller,
    'userId:regular-3f2',
    new AbortController().signal,
  )) {
    // An export waits for that.
  }
  await tenth.retention.runDue();
  const entries = await audited();
  expect(entries).toEqual([
    expect.objectContaining({ events: expect.stringMatching(/^[1-3]$/) }),
    expect.objectContaining({ people: '2' }),
  ]);
  const id = entries[1]?.erasure ?? '';
  await expect
    .poll(async () => (await handlers.getErasure({ caller, params: { id } })).erasure.state, {
      timeout: 60_000,
    })
    .toBe('done');
  await tenth.retention.runDue();
  expect(await audited()).toHaveLength(2);

  const found = await here.stopAndSearch(
    new Map([
      ['away', traceOf('away-3f1')],
      ['old', traceOf('old sentence')],
      ['new', traceOf('new sentence')],
    ]),
  );
  expect(found.get('away')).toEqual([]);
  expect(found.get('old')).toEqual([]);
  expect(found.get('new')).toEqual(['event_log.events']);
}, 120_000);
