import { privacySettings } from '@tenth/model/privacy-settings.ts';
import { expect, test } from 'vitest';
import { compileCollectSettings } from '../settings.ts';
import { collectOne } from '../testing/collect-one.ts';
import { minimiseMessage } from './minimise-message.ts';

const settingsOf = (privacy: object) =>
  compileCollectSettings({
    referrerRules: [],
    internalHosts: [],
    identity: 'unsigned',
    privacy: privacySettings.parse(privacy),
  });

/** Tells by itself what it stands for, to those who read this test. */
const pseudonymOf = (text: string) => `P(${[...text].reverse().join('')})`;
const pseudonymous = { settings: settingsOf({ isPseudonymous: true }), pseudonymOf };

const raw = [
  'member-77',
  'kim.member@shop.example',
  '010-1234-5678',
  '01012345678',
  '+82 10-1234-5678',
  '198.51.100.9',
  '203.0.113.7',
];

test('nothing of ids, addresses and numbers comes in, wherever they stand', () => {
  const event = collectOne(
    {
      type: 'identify',
      userId: 'member-77',
      anonymousId: 'device-of-member-77',
      traits: {
        email: ' Kim.Member@shop.example',
        phone: '010-1234-5678',
        contacts: [{ mobile_number: 1012345678, note: 'call +82 10-1234-5678' }],
        city: 'Seoul',
      },
      properties: { search: 'mail to kim.member@shop.example or 01012345678' },
      context: {
        ip: '198.51.100.9',
        via: 'proxy 203.0.113.7',
        traits: { email: 'kim.member@shop.example' },
        page: { url: 'https://shop.example/?m=kim.member%40shop.example&id=member-77', path: '/' },
      },
    },
    pseudonymous,
  );
  const text = JSON.stringify(event).toLowerCase();
  for (const one of raw) {
    expect(text).not.toContain(one);
  }
  expect(event.userId).toBe(pseudonymOf('member-77'));
  expect(event.anonymousId).toBe(pseudonymOf('device-of-member-77'));
  expect(event.traits).toMatchObject({
    email: pseudonymOf('kim.member@shop.example'),
    phone: pseudonymOf('01012345678'),
    city: 'Seoul',
  });
});

test('an alias meets the pseudonyms of before, and who is nobody stays so', () => {
  const alias = collectOne(
    { type: 'alias', userId: 'member-77', previousId: 'device-1' },
    pseudonymous,
  );
  expect(alias.previousId).toBe(pseudonymOf('device-1'));
  const guest = collectOne(
    { type: 'page', userId: 'guest', anonymousId: 'device-1' },
    pseudonymous,
  );
  expect(guest.userId).toBeUndefined();
});

test('a signature is checked on the real id', () => {
  const event = collectOne(
    { type: 'page', userId: 'member-77', context: { userHash: 'right' } },
    { ...pseudonymous, verifyUserHash: (id, hash) => id === 'member-77' && hash === 'right' },
  );
  expect(event).toMatchObject({ isVerified: true, userId: pseudonymOf('member-77') });
  expect(JSON.stringify(event)).not.toContain('right');
});

test('keys that are not wanted are dropped, also where they are nested, and the rest stays', () => {
  const dropped = {
    properties: ['coupon'],
    traits: ['birthday', 'address.street'],
    context: ['page.referrer', 'screen'],
  };
  const event = collectOne(
    {
      type: 'identify',
      userId: 'member-77',
      traits: {
        birthday: '1990-01-01',
        address: { street: 'Teheran-ro', city: 'Seoul' },
        name: 'Kim',
      },
      properties: { coupon: 'A1', total: 5 },
      context: {
        screen: { width: 1 },
        traits: { birthday: '1990-01-01' },
        page: { url: 'https://shop.example/', referrer: 'https://clinic.example/' },
      },
    },
    { settings: settingsOf({ dropped }) },
  );
  expect(event.traits).toEqual({ address: { city: 'Seoul' }, name: 'Kim' });
  expect(event.properties).toEqual({ total: 5 });
  expect(event.userId).toBe('member-77');
  expect(JSON.stringify(event)).not.toMatch(/1990|Teheran|clinic|width|A1/);
});

test('a workspace that wants all of it gets what was sent', () => {
  const message = { type: 'page', userId: 'member-77', context: { ip: '198.51.100.9' } };
  expect(collectOne(message, { settings: settingsOf({}) }).payload).toEqual(message);
});

test.each(['@', '%40'])(
  'an address goes whole, however long it is, and next to others: %s',
  (at) => {
    const long = `${'kim.'.repeat(30)}member${at}${'label-of-a-domain.'.repeat(12)}example`;
    const glued = `a${at}b.example_c${at}d.example`;
    const event = collectOne(
      { type: 'track', event: 'x', anonymousId: 'd1', properties: { long, glued } },
      pseudonymous,
    );
    const pseudonym = (email: string) => pseudonymOf(email.replace('%40', '@'));
    expect(event.properties).toMatchObject({
      long: pseudonym(long),
      glued: pseudonym(`a${at}b.example`) + pseudonym(`_c${at}d.example`),
    });
  },
);

const CHARS = 32_000;

test.each(['a', 'a.', '@', 'a@a.', 'a@', '%40', 'a%40a-', '0', '010-', `${'a'.repeat(64)}@a`])(
  'a text of nothing but %s keeps nobody waiting',
  (unit) => {
    const filled = unit.repeat(CHARS / unit.length);
    const startMs = performance.now();
    for (const text of [filled, `${filled}@`, `a@${filled}`, `a@a${filled}`]) {
      minimiseMessage(
        { fields: { properties: { text } }, context: {} },
        {
          isPseudonymous: true,
          dropped: { properties: [], traits: [], context: [] },
        },
        { pseudonymOf: () => 'P', ip: '203.0.113.7' },
      );
    }
    // Some ten milliseconds; a search that starts anew at each character takes as many seconds.
    expect(performance.now() - startMs).toBeLessThan(1_000);
  },
);
