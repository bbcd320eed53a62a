import { describe, expect, test } from 'vitest';
import { Refusal } from './refusal.ts';
import { vouchForUser } from './vouch-for-user.ts';

const member = { type: 'track', userId: 'u-1', anonymousId: 'a-1' } as const;
const asked = {
  isSignedOnly: true,
  isTrusted: false,
  verifyUserHash: (userId: string, hash: string) => userId === 'u-1' && hash === 'good',
};

describe('where identities are signed', () => {
  test('a signed userId counts', () => {
    expect(vouchForUser(member, { userHash: 'good' }, asked)).toEqual({
      userId: 'u-1',
      isVerified: true,
      isUnsigned: false,
    });
  });

  test.each([{}, { userHash: 'bad' }, { userHash: 7 }, { userHash: null }])(
    'with %j the event is its browser’s alone',
    (context) => {
      expect(vouchForUser(member, context, asked)).toEqual({
        userId: undefined,
        isVerified: false,
        isUnsigned: true,
      });
    },
  );

  test("another member's signature is none", () => {
    const other = { ...member, userId: 'u-2' };
    expect(vouchForUser(other, { userHash: 'good' }, asked)).toMatchObject({ userId: undefined });
  });

  test('an event of nobody else, and an alias, are refused by name', () => {
    const alone = { ...member, anonymousId: undefined };
    for (const claim of [alone, { ...member, type: 'alias' } as const]) {
      const refusal = vouchForUser(claim, {}, asked);
      expect(refusal).toBeInstanceOf(Refusal);
      expect(refusal).toMatchObject({ field: 'userId' });
    }
  });

  test("what the shop's own server says needs no signature", () => {
    const trusted = { ...asked, isTrusted: true };
    expect(vouchForUser(member, {}, trusted)).toMatchObject({ userId: 'u-1', isVerified: true });
  });

  test('an anonymous event is nobody’s business', () => {
    const anonymous = { ...member, userId: undefined };
    expect(vouchForUser(anonymous, { userHash: 'good' }, asked)).toEqual({
      userId: undefined,
      isVerified: false,
      isUnsigned: false,
    });
  });
});

test('elsewhere every userId counts, signed or not', () => {
  const open = { ...asked, isSignedOnly: false };
  expect(vouchForUser(member, {}, open)).toMatchObject({ userId: 'u-1', isVerified: false });
});
