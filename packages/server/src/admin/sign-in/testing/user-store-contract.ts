import { T0 } from '@tenth/engine/testing/builders.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SessionStore, StoredSession, StoredUser, UserStore } from '../ports.ts';

interface Opened {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  /** Two in which there is nobody yet. */
  readonly workspaces: readonly [WorkspaceId, WorkspaceId];
}

function aUser(id: string, given: Partial<StoredUser> = {}): StoredUser {
  return {
    id,
    email: `${id}@shop.example`,
    role: 'owner',
    passwordHash: `hash of ${id}`,
    invitation: undefined,
    totp: undefined,
    createdAt: T0,
    ...given,
  };
}

function aSession(id: string, given: Partial<StoredSession> = {}): StoredSession {
  return {
    id,
    tokenHash: `token of ${id}`,
    userId: 'ann',
    createdAt: T0,
    seenAt: T0,
    expiresAt: T0 + 100,
    address: '203.0.113.7',
    userAgent: 'Firefox',
    ...given,
  };
}

/** What every store of users and sessions keeps; each test goes on where the one before ended. */
export function userStoreContract(open: () => Promise<Opened>): void {
  describe('users and sessions', () => {
    let users: UserStore;
    let sessions: SessionStore;
    let here: WorkspaceId;
    let there: WorkspaceId;

    beforeAll(async () => {
      ({
        users,
        sessions,
        workspaces: [here, there],
      } = await open());
    });

    test('of two first owners at one time, one is stored', async () => {
      expect(await users.hasActive(here)).toBe(false);
      const done = await Promise.all([
        users.addFirst(here, aUser('ann')),
        users.addFirst(here, aUser('bea')),
      ]);
      expect(done.filter(Boolean)).toHaveLength(1);
      const [first] = await users.list(here);
      expect(first).toEqual(aUser(first?.id ?? ''));
      expect(await users.hasActive(here)).toBe(true);
      expect(await users.hasActive(there)).toBe(false);
      // From here on it is known who.
      if (first?.id === 'bea') {
        await users.add(here, aUser('ann'));
        await users.remove(here, 'bea');
      }
    });

    test('an address is taken once in a workspace', async () => {
      expect(await users.add(here, aUser('eve', { email: 'ann@shop.example' }))).toBe(false);
      expect(await users.findByEmail(here, 'ann@shop.example')).toMatchObject({ id: 'ann' });
      expect(await users.findByEmail(there, 'ann@shop.example')).toBeUndefined();
      expect(await users.find(there, 'ann')).toBeUndefined();
    });

    test('an invitation is good for one, and until its time is over', async () => {
      const invitation = { tokenHash: 'invited', until: T0 + 10 };
      const invited = aUser('cat', { role: 'analyst', passwordHash: undefined, invitation });
      expect(await users.add(here, invited)).toBe(true);
      expect(await users.find(here, 'cat')).toEqual(invited);
      const accept = (workspace: WorkspaceId, now: number) =>
        users.acceptInvitation(workspace, { tokenHash: 'invited', now, passwordHash: 'new' });
      expect(await accept(here, T0 + 10)).toBeUndefined();
      expect(await accept(there, T0 + 9)).toBeUndefined();
      const accepted = await Promise.all([accept(here, T0 + 9), accept(here, T0 + 9)]);
      expect(accepted.filter((one) => one !== undefined)).toEqual([
        { ...invited, passwordHash: 'new', invitation: undefined },
      ]);
    });

    test('of two second factors set at one time, one stands, and another only once it is gone', async () => {
      const one = { secret: 'ONE', lastStep: 1, recoveryHashes: ['x'] };
      const two = { secret: 'TWO', lastStep: 2, recoveryHashes: ['y'] };
      const set = await Promise.all([
        users.setTotp(here, 'cat', one),
        users.setTotp(here, 'cat', two),
      ]);
      expect(set.filter(Boolean)).toHaveLength(1);
      expect((await users.find(here, 'cat'))?.totp).toEqual(set[0] ? one : two);
      expect(await users.setTotp(here, 'cat', two)).toBe(false);
      await users.change(here, 'cat', { totp: undefined });
      expect(await users.setTotp(there, 'cat', two)).toBe(false);
      expect(await users.setTotp(here, 'cat', two)).toBe(true);
      expect((await users.find(here, 'cat'))?.totp).toEqual(two);
      await users.change(here, 'cat', { totp: undefined });
    });

    test('a code is spent once', async () => {
      const before = { secret: 'ABC', lastStep: 7, recoveryHashes: ['x', 'y'] };
      expect(await users.setTotp(here, 'cat', before)).toBe(true);
      expect((await users.find(here, 'cat'))?.totp).toEqual(before);
      const after = { ...before, lastStep: 8 };
      const spent = await Promise.all([
        users.spendCode(here, 'cat', { before, after }),
        users.spendCode(here, 'cat', { before, after }),
      ]);
      expect(spent.filter(Boolean)).toHaveLength(1);
      await users.change(here, 'cat', { totp: undefined, passwordHash: 'other' });
      expect(await users.find(here, 'cat')).toMatchObject({
        totp: undefined,
        passwordHash: 'other',
      });
    });

    test('the last owner who can sign in can neither go nor become something else', async () => {
      expect(await users.setRole(here, 'ann', 'analyst')).toBe('last-owner');
      expect(await users.remove(here, 'ann')).toBe('last-owner');
      // Who has not set a password yet cannot let anybody in.
      await users.add(here, aUser('dan', { passwordHash: undefined }));
      expect(await users.remove(here, 'ann')).toBe('last-owner');
      await users.setRole(here, 'cat', 'owner');
      const both = await Promise.all([
        users.setRole(here, 'ann', 'analyst'),
        users.setRole(here, 'cat', 'analyst'),
      ]);
      expect([...both].sort()).toEqual(['done', 'last-owner']);
      expect(await users.remove(here, 'nobody')).toBe('missing');
      expect(await users.remove(there, 'ann')).toBe('missing');
      await users.setRole(here, 'ann', 'owner');
    });

    test('sessions are found by token, listed by user, and end one by one or all but one', async () => {
      await sessions.add(here, aSession('s1'));
      await sessions.add(here, aSession('s2', { seenAt: T0 + 5 }));
      await sessions.add(here, aSession('s3', { userId: 'cat' }));
      expect(await sessions.find(here, 'token of s1')).toEqual(aSession('s1'));
      expect(await sessions.find(there, 'token of s1')).toBeUndefined();
      await sessions.markSeen(here, 's1', T0 + 9);
      const own = await sessions.listOfUser(here, 'ann');
      expect(own.map(({ id, seenAt }) => [id, seenAt])).toEqual([
        ['s1', T0 + 9],
        ['s2', T0 + 5],
      ]);
      expect(await sessions.remove(here, { userId: 'ann', sessionId: 's3' })).toBe(false);
      expect(await sessions.remove(here, { userId: 'cat', sessionId: 's3' })).toBe(true);
      await sessions.removeOthers(here, 'ann', 's2');
      expect((await sessions.listOfUser(here, 'ann')).map(({ id }) => id)).toEqual(['s2']);
      await sessions.removeOthers(here, 'ann', undefined);
      expect(await sessions.listOfUser(here, 'ann')).toEqual([]);
    });

    test('who is removed is signed out', async () => {
      await sessions.add(here, aSession('s4', { userId: 'cat' }));
      await users.remove(here, 'cat');
      expect(await sessions.find(here, 'token of s4')).toBeUndefined();
    });
  });
}
