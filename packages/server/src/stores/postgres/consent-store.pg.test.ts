import { anEvent, T0 } from '@tenth/engine/testing/builders.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aServer, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { profileIdOf } from '../../identify/profile-id.ts';
import { type ConsentingEvent, Consents } from '../../privacy/consents.ts';
import { createCommitStore } from './commit-store.ts';
import { createConsentStore } from './consent-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.remove());

const profileOf = (value: string) => profileIdOf(WORKSPACE, { kind: 'user_id', value });

function saying(
  userId: string,
  state: 'granted' | 'withdrawn',
  more: { readonly at?: number; readonly textVersion?: string } = {},
): ConsentingEvent {
  const { at = T0, textVersion = 'v1' } = more;
  return {
    event: anEvent({
      userId,
      anonymousId: undefined,
      at,
      page: { url: 'https://shop.example/join', path: '/join', title: '', category: '', name: '' },
    }),
    answers: new Map([['marketing_sms', state]]),
    textVersion,
    source: 'sign-up form',
  };
}

async function join(userId: string): Promise<void> {
  const { pipeline } = aServer(createCommitStore(database.connection));
  await pipeline.process(
    WORKSPACE,
    [anEvent({ userId, anonymousId: undefined, messageId: `join ${userId}` as never })],
    false,
    T0,
  );
}

test('an answer is kept with its proof, once, and each change of it', async () => {
  const store = createConsentStore(database.connection);
  const consents = new Consents(store);
  await join('u1');
  const granted = saying('u1', 'granted');
  await Promise.all([
    consents.note(WORKSPACE, [granted, granted]),
    consents.note(WORKSPACE, [granted]),
  ]);
  // Another server does not remember what was said.
  await new Consents(store).note(WORKSPACE, [granted]);
  await consents.note(WORKSPACE, [saying('u1', 'granted', { at: T0 + 1, textVersion: 'v2' })]);
  await consents.note(WORKSPACE, [saying('u1', 'withdrawn', { at: T0 + 2, textVersion: 'v2' })]);
  const records = await store.list(WORKSPACE, profileOf('u1'));
  expect(records.map(({ state, textVersion }) => `${state} ${textVersion}`)).toEqual([
    'granted v1',
    'granted v2',
    'withdrawn v2',
  ]);
  expect(records[0]).toMatchObject({
    purpose: 'marketing_sms',
    at: new Date(T0).toISOString(),
    source: 'sign-up form',
    pageUrl: 'https://shop.example/join',
    device: expect.stringContaining('desktop'),
    messageId: granted.event.messageId,
    givenBy: 'event',
  });
});

test('of whom nobody knows nothing is kept', async () => {
  const store = createConsentStore(database.connection);
  await new Consents(store).note(WORKSPACE, [saying('stranger', 'withdrawn')]);
  expect(await store.list(WORKSPACE, profileOf('stranger'))).toEqual([]);
});

test.each(["update consents set state = 'granted'", 'delete from consents', 'truncate consents'])(
  'the database refuses to %s',
  async (statement) => {
    await join('u2');
    const store = createConsentStore(database.connection);
    await new Consents(store).note(WORKSPACE, [saying('u2', 'withdrawn')]);
    await expect(sql.raw(statement).execute(database.connection.db)).rejects.toThrow(
      /never changed/,
    );
  },
);

test('where the store is away, whoever waits is told, and it is tried anew', async () => {
  const store = createConsentStore(database.connection);
  let isAway = true;
  const consents = new Consents({
    ...store,
    append: (given) => (isAway ? Promise.reject(new Error('away')) : store.append(given)),
  });
  await join('u3');
  await expect(consents.note(WORKSPACE, [saying('u3', 'granted')])).rejects.toThrow('away');
  isAway = false;
  await consents.note(WORKSPACE, [saying('u3', 'granted')]);
  expect(await store.list(WORKSPACE, profileOf('u3'))).toHaveLength(1);
});
