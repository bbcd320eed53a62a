import { aProfileId, T0 } from '@tenth/engine/testing/builders.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { describe, expect, test } from 'vitest';
import { type HeardConsent, type HeardConsents, pickNews } from './consent-news.ts';
import type { NewConsent } from './ports.ts';

const [own, absorbed] = [aProfileId('a'), aProfileId('b')];

/** `browser yes v1 @1`: who, what, which wording, and when. */
function said(text: string, profileId = own): HeardConsent {
  const [who = '', what, textVersion = '', moment = ''] = text.split(' ');
  return {
    profileId,
    state: what === 'yes' ? 'granted' : 'withdrawn',
    at: new Date(T0 + Number(moment.slice(1))).toISOString(),
    textVersion,
    anonymousId: who === 'api' ? null : who,
    givenBy: who === 'api' ? 'api_key:k1' : 'event',
  };
}

function toNew({ state, at, textVersion, anonymousId, givenBy }: HeardConsent): NewConsent {
  return {
    workspaceId: 'shop' as WorkspaceId,
    identifier: { kind: 'user_id', value: 'u1' },
    purpose: 'marketing_sms',
    state,
    at: Date.parse(at),
    receivedAt: Date.parse(at),
    textVersion: textVersion ?? undefined,
    source: undefined,
    anonymousId: anonymousId ?? undefined,
    givenBy,
  };
}

function newsAmong(
  texts: readonly string[],
  before: readonly HeardConsent[],
  mergedAt?: number,
): readonly string[] {
  const heard: HeardConsents = {
    personId: own,
    filed: before,
    mergedAt: mergedAt === undefined ? undefined : new Date(T0 + mergedAt).toISOString(),
  };
  const given = texts.map((text) => ({ text, consent: toNew(said(text)), heard }));
  const news = new Set(pickNews(given).map(({ consent }) => consent));
  return given.filter(({ consent }) => news.has(consent)).map(({ text }) => text);
}

describe('of what one browser says', () => {
  test.each([
    { name: 'the first answer is news', before: [], is: ['b1 yes v1 @1'], isNot: [] },
    { name: 'a repetition is none', before: ['b1 yes v1 @1'], is: [], isNot: ['b1 yes v1 @2'] },
    { name: 'another wording is', before: ['b1 yes v1 @1'], is: ['b1 yes v2 @2'], isNot: [] },
    { name: 'a repeated no is none', before: ['b1 no v1 @1'], is: [], isNot: ['b1 no v2 @2'] },
    {
      name: 'a yes after its own no is news, also where a no stood already',
      before: ['b1 yes v1 @1', 'api no v1 @2', 'b1 no v1 @3'],
      is: ['b1 yes v1 @4'],
      isNot: [],
    },
    {
      name: 'a yes that it repeats after a no from elsewhere is none',
      before: ['b1 yes v1 @1', 'api no v1 @2'],
      is: [],
      isNot: ['b1 yes v1 @3'],
    },
    {
      name: 'a no that it repeats after a yes from elsewhere is news',
      before: ['b1 no v1 @1', 'b2 yes v1 @2'],
      is: ['b1 no v1 @3'],
      isNot: [],
    },
    {
      name: 'a no after its own yes is news, also where a no stood already',
      before: ['b1 yes v1 @1', 'api no v1 @2'],
      is: ['b1 no v1 @3'],
      isNot: [],
    },
    {
      name: 'what arrives late is compared with what was said before it',
      before: ['b1 yes v1 @1', 'b1 no v1 @9'],
      is: ['b1 no v1 @5'],
      isNot: ['b1 yes v1 @4'],
    },
  ])('$name', ({ before, is, isNot }) => {
    const filed = before.map((text) => said(text));
    for (const one of is) {
      expect(newsAmong([one], filed)).toEqual([one]);
    }
    for (const one of isNot) {
      expect(newsAmong([one], filed)).toEqual([]);
    }
  });
});

test('an answer by the API is news where it differs from what stands', () => {
  const filed = ['b1 yes v1 @1', 'b2 no v1 @2'].map((text) => said(text));
  expect(newsAmong(['api no v1 @3'], filed)).toEqual([]);
  expect(newsAmong(['api no v2 @3'], filed)).toEqual(['api no v2 @3']);
  expect(newsAmong(['api yes v1 @3'], filed)).toEqual(['api yes v1 @3']);
});

test('what is news counts for what follows it in the same list, and what is not does not', () => {
  expect(newsAmong(['b1 yes v1 @1', 'b1 no v1 @2', 'b1 no v1 @3', 'b1 yes v1 @4'], [])).toEqual([
    'b1 yes v1 @1',
    'b1 no v1 @2',
    'b1 yes v1 @4',
  ]);
  const filed = ['b1 yes v1 @1', 'api no v1 @2'].map((text) => said(text));
  expect(newsAmong(['b1 yes v1 @3', 'api yes v1 @4'], filed)).toEqual(['api yes v1 @4']);
});

test('after a merge, what stands is what stands of both, and a yes given again is news', () => {
  const filed = [said('b2 no v1 @1', absorbed), said('b1 yes v1 @2')];
  expect(newsAmong(['api yes v1 @5'], filed, 3)).toEqual(['api yes v1 @5']);
  expect(newsAmong(['b1 yes v1 @5', 'b2 no v1 @6'], filed, 3)).toEqual([]);
  expect(newsAmong(['b2 yes v1 @5'], filed, 3)).toEqual(['b2 yes v1 @5']);
});

test('a wording that was cut within a character is the same wording as the store has it', () => {
  expect(newsAmong(['b1 yes v\ud83d @2'], [said('b1 yes v\ufffd @1')])).toEqual([]);
});
