import { createHash } from 'node:crypto';
import { anEvent } from '@tenth/engine/testing/builders.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { describe, expect, test } from 'vitest';
import type { Identifier } from './identifier.ts';
import {
  type KnownProfile,
  type Lookup,
  MOST_IDENTIFIERS,
  MOST_MERGES,
  planIdentity,
} from './plan-identity.ts';
import { profileIdOf } from './profile-id.ts';

const WORKSPACE = 'shop';
const idOf = (kind: Identifier['kind'], value: string) => profileIdOf(WORKSPACE, { kind, value });

function aKnown(id: string, given: Partial<KnownProfile> = {}): KnownProfile {
  return {
    id: id.padEnd(26, '0') as ProfileId,
    userId: undefined,
    identifiers: 1,
    merges: 0,
    keptApart: [],
    ...given,
  };
}

function lookup(pointers: Readonly<Record<string, KnownProfile>>): Lookup {
  return ({ kind, value }) => pointers[`${kind}:${value}`];
}

const both = anEvent({ anonymousId: 'a1', userId: 'u1' });
const nobody = lookup({});

describe('profile ids', () => {
  test('are 26 characters, the same every time, and differ by workspace, kind and value', () => {
    const id = idOf('user_id', 'u1');
    expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
    expect(idOf('user_id', 'u1')).toBe(id);
    const others = [
      idOf('anonymous_id', 'u1'),
      idOf('user_id', 'u2'),
      profileIdOf('other', { kind: 'user_id', value: 'u1' }),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });

  test('hold the first 128 bits of the SHA-256, the highest first', () => {
    const hex = createHash('sha256').update('shop\nuser_id\nu1').digest('hex').slice(0, 32);
    // 26 characters are 130 bits: two zero bits at the end.
    let rest = BigInt(`0x${hex}`) << 2n;
    let text = '';
    for (let place = 0; place < 26; place += 1) {
      text = `${'0123456789abcdefghjkmnpqrstvwxyz'[Number(rest & 31n)]}${text}`;
      rest >>= 5n;
    }
    expect(idOf('user_id', 'u1')).toBe(text);
  });
});

describe('an event with one id', () => {
  test('of nobody founds a person', () => {
    expect(planIdentity(WORKSPACE, anEvent({ anonymousId: 'a1' }), nobody)).toMatchObject({
      profileId: idOf('anonymous_id', 'a1'),
      isNew: true,
      becomes: undefined,
      attach: [{ kind: 'anonymous_id', value: 'a1' }],
    });
    const known = planIdentity(
      WORKSPACE,
      anEvent({ anonymousId: undefined, userId: 'u1' }),
      nobody,
    );
    expect(known).toMatchObject({ profileId: idOf('user_id', 'u1'), becomes: 'u1' });
  });

  test('of somebody lands there, known or not', () => {
    const kim = aKnown('kim', { userId: 'u1' });
    const landed = planIdentity(
      WORKSPACE,
      anEvent({ anonymousId: 'a1' }),
      lookup({ 'anonymous_id:a1': kim }),
    );
    expect(landed).toMatchObject({ profileId: kim.id, isNew: false, attach: [] });
  });

  test('that names nobody at all is nobody’s', () => {
    expect(planIdentity(WORKSPACE, anEvent({ anonymousId: undefined }), nobody)).toBeUndefined();
  });
});

describe('an event with both ids', () => {
  test('of nobody founds one person with both', () => {
    expect(planIdentity(WORKSPACE, both, nobody)).toMatchObject({
      isNew: true,
      becomes: 'u1',
      attach: [
        { kind: 'user_id', value: 'u1' },
        { kind: 'anonymous_id', value: 'a1' },
      ],
    });
  });

  test('makes the anonymous person of the device known', () => {
    const visitor = aKnown('visitor');
    expect(planIdentity(WORKSPACE, both, lookup({ 'anonymous_id:a1': visitor }))).toMatchObject({
      profileId: visitor.id,
      becomes: 'u1',
      attach: [{ kind: 'user_id', value: 'u1' }],
      absorb: undefined,
    });
  });

  test('adds a new device to the known person', () => {
    const kim = aKnown('kim', { userId: 'u1' });
    expect(planIdentity(WORKSPACE, both, lookup({ 'user_id:u1': kim }))).toMatchObject({
      profileId: kim.id,
      attach: [{ kind: 'anonymous_id', value: 'a1' }],
    });
  });

  test('merges the anonymous person of the device into the known one', () => {
    const kim = aKnown('kim', { userId: 'u1' });
    const visitor = aKnown('visitor');
    const people = lookup({ 'user_id:u1': kim, 'anonymous_id:a1': visitor });
    expect(planIdentity(WORKSPACE, both, people)).toMatchObject({
      profileId: kim.id,
      absorb: { profileId: visitor.id, reason: 'signed_in' },
    });
  });

  // Segment's merge protection: the device was not reset at logout, then another user signs in.
  test('on a shared browser founds the second user and leaves the device with the first', () => {
    const lee = aKnown('lee', { userId: 'u0' });
    expect(planIdentity(WORKSPACE, both, lookup({ 'anonymous_id:a1': lee }))).toMatchObject({
      profileId: idOf('user_id', 'u1'),
      isNew: true,
      attach: [{ kind: 'user_id', value: 'u1' }],
      absorb: undefined,
      refused: 'known-by-another',
    });
  });

  test('of two known people merges nobody and lands on the user', () => {
    const kim = aKnown('kim', { userId: 'u1' });
    const lee = aKnown('lee', { userId: 'u0' });
    const people = lookup({ 'user_id:u1': kim, 'anonymous_id:a1': lee });
    expect(planIdentity(WORKSPACE, both, people)).toMatchObject({
      profileId: kim.id,
      absorb: undefined,
      refused: 'known-by-another',
    });
  });

  test.each([
    ['kept-apart', { keptApart: [aKnown('visitor').id] }],
    ['too-many-merges', { merges: MOST_MERGES }],
    ['too-many-identifiers', { identifiers: MOST_IDENTIFIERS }],
  ])('is refused a merge: %s', (refused, given) => {
    const kim = aKnown('kim', { userId: 'u1', ...given });
    const people = lookup({ 'user_id:u1': kim, 'anonymous_id:a1': aKnown('visitor') });
    expect(planIdentity(WORKSPACE, both, people)).toMatchObject({
      profileId: kim.id,
      absorb: undefined,
      refused,
    });
  });

  test('attaches nothing more to a person with too many ids, yet lands', () => {
    const kim = aKnown('kim', { userId: 'u1', identifiers: MOST_IDENTIFIERS });
    expect(planIdentity(WORKSPACE, both, lookup({ 'user_id:u1': kim }))).toMatchObject({
      profileId: kim.id,
      attach: [],
      refused: 'too-many-identifiers',
    });
  });
});

describe('an alias', () => {
  const alias = anEvent({ type: 'alias', anonymousId: undefined, userId: 'u1', previousId: 'old' });

  test('merges the previous person into the user’s', () => {
    const kim = aKnown('kim', { userId: 'u1' });
    const visitor = aKnown('visitor');
    const people = lookup({ 'user_id:u1': kim, 'anonymous_id:old': visitor });
    expect(planIdentity(WORKSPACE, alias, people)).toMatchObject({
      profileId: kim.id,
      absorb: { profileId: visitor.id, reason: 'alias' },
    });
  });

  test('does not merge a person known by another userId', () => {
    const kim = aKnown('kim', { userId: 'u1' });
    const people = lookup({ 'user_id:u1': kim, 'user_id:old': aKnown('lee', { userId: 'old' }) });
    expect(planIdentity(WORKSPACE, alias, people)).toMatchObject({
      profileId: kim.id,
      absorb: undefined,
      refused: 'known-by-another',
    });
  });

  test('makes the previous person known when the userId is new', () => {
    const visitor = aKnown('visitor');
    expect(planIdentity(WORKSPACE, alias, lookup({ 'anonymous_id:old': visitor }))).toMatchObject({
      profileId: visitor.id,
      becomes: 'u1',
    });
  });
});
