import { aProfileId } from '@tenth/engine/testing/builders.ts';
import { expect, test } from 'vitest';
import { currentConsents, type FiledConsent } from './current-consents.ts';

const [own, absorbed] = [aProfileId('a'), aProfileId('b')];

function said(state: FiledConsent['state'], day: number, profileId = own): FiledConsent {
  const at = new Date(Date.UTC(2026, 0, day)).toISOString();
  return {
    profileId,
    purpose: 'marketing_sms',
    state,
    at,
    receivedAt: at,
    textVersion: `v${day}`,
    source: null,
    pageUrl: null,
    device: null,
    anonymousId: null,
    messageId: null,
    givenBy: 'event',
  };
}

const onDay = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();

test('the latest answer stands, however late it was written down', () => {
  const filed = [said('granted', 3), said('withdrawn', 5), said('granted', 4)];
  expect(currentConsents(filed, undefined)).toEqual([
    { purpose: 'marketing_sms', state: 'withdrawn', at: onDay(5), textVersion: 'v5', source: null },
  ]);
  expect(currentConsents([], undefined)).toEqual([]);
});

test('a yes to one profile does not outweigh a no to the other until they are one person', () => {
  const filed = [said('withdrawn', 2, absorbed), said('granted', 4)];
  expect(currentConsents(filed, onDay(5))).toMatchObject([{ state: 'withdrawn', at: onDay(2) }]);
  expect(currentConsents(filed, onDay(3))).toMatchObject([{ state: 'granted', at: onDay(4) }]);
});
