import { workspaceSettings } from '@tenth/model/workspace.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHere, type TenthHere } from './testing/open-here.ts';
import type { Wanted } from './testing/search-stores.ts';

let here: TenthHere;
beforeAll(async () => {
  here = await openHere();
}, 120_000);
afterAll(() => here.remove());

const userId = 'member-5e77';
const email = 'kim.5e77@shop.example';

test('a pseudonymous workspace holds no real id, address or number in either store', async () => {
  const { tenth, caller } = here;
  const { handlers } = tenth.admin;
  await handlers.putWorkspace({
    caller,
    body: workspaceSettings.parse({ name: 'Shop', privacy: { isPseudonymous: true } }),
  });
  await here.uploadList('members', 'user_id', [userId]);
  await here.uploadList('readers', 'email', [email]);
  await here.send([
    { type: 'page', anonymousId: `device-${userId}`, context: { ip: '198.51.100.9' } },
    {
      type: 'identify',
      userId,
      anonymousId: `device-${userId}`,
      traits: { email, phone: '010-5577-7755' },
      context: { page: { url: `https://shop.example/?e=${email}&u=${userId}` } },
    },
    { type: 'track', event: 'Looked', userId, properties: { note: `from ${email}` } },
  ]);
  // Whoever knows the id finds the person, and the lists have them.
  const person = await handlers.getPerson({ caller, params: { person: `userId:${userId}` } });
  expect(person.userId).toMatch(/^[0-9a-f]{32}$/);
  const lines = [];
  const { signal } = new AbortController();
  for await (const line of await tenth.admin.personExports.run(
    caller,
    `userId:${userId}`,
    signal,
  )) {
    lines.push(line);
  }
  expect(lines.filter(({ kind }) => kind === 'list')).toHaveLength(2);
  expect(lines.at(-1)).toMatchObject({ kind: 'done', events: 3 });

  const wanted = (texts: readonly string[], members: readonly string[] = []): Wanted => ({
    texts,
    members,
    profileIds: [],
  });
  const found = await here.stopAndSearch(
    new Map([
      ['ids', wanted([userId], [userId, email])],
      ['addresses', wanted(['5e77@', '010-5577', '01055777755', '198.51.100.9', '203.0.113.77'])],
      ['pseudonym', wanted([person.userId ?? ''])],
    ]),
  );
  expect(found.get('ids')).toEqual([]);
  expect(found.get('addresses')).toEqual([]);
  expect(found.get('pseudonym')).toEqual(
    expect.arrayContaining(['event_log.events', 'operational.identifiers', 'operational.profiles']),
  );
}, 120_000);
