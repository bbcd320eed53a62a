import { expect, test } from 'vitest';
import { readConsent } from './read-consent.ts';
import { readConsentAnswers } from './read-consent-answers.ts';

test.each([
  {
    name: "Segment's categories",
    consent: { categoryPreferences: { Analytics: true, Advertising: false, C0004: true } },
    answers: { analytics: 'granted', ads: 'withdrawn' },
  },
  {
    name: "Google's consent mode",
    consent: { analytics_storage: 'granted', personalization_storage: 'denied' },
    answers: { analytics: 'granted', personalisation: 'withdrawn' },
  },
  {
    name: 'our own purposes',
    consent: { marketing_sms: 'granted', night_sms: 'withdrawn', other: true },
    answers: { marketing_sms: 'granted', night_sms: 'withdrawn' },
  },
])('$name are answers', ({ consent, answers }) => {
  expect(Object.fromEntries(readConsentAnswers({ consent })?.answers ?? [])).toEqual(answers);
});

test('the wording and the place come along, and are cut where they are long', () => {
  const consent = { analytics: true, textVersion: '2026-03', source: 'x'.repeat(300) };
  expect(readConsentAnswers({ consent })).toMatchObject({
    textVersion: '2026-03',
    source: 'x'.repeat(200),
  });
});

test.each([undefined, 'granted', true, {}, { categoryPreferences: { C0004: true } }])(
  '%j answers no purpose',
  (consent) => {
    expect(readConsentAnswers(consent === undefined ? {} : { consent })).toBeUndefined();
  },
);

test.each([
  { consent: { marketing_sms: false, night_sms: 'denied' }, state: 'unknown' },
  { consent: { marketing_email: true, personalisation: 'withdrawn' }, state: 'denied' },
  {
    consent: { categoryPreferences: { marketing_email: false, analytics: true } },
    state: 'granted',
  },
])('a no to a channel is no no to the shop’s own pages: $state', ({ consent, state }) => {
  expect(readConsent({ consent }, false)).toBe(state);
});
