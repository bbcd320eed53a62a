import { messageId } from '@tenth/model/ids.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { newProfile } from './profile.ts';
import { isRecentMessage, mergeRecentMessages, rememberMessage } from './recent-messages.ts';
import { aProfileId, T0 } from './testing/builders.ts';

const MOST = 4_000;
const idOf = (index: number) => messageId.parse(`m-${index}`);

function afterMessages(times: number, gapMs: number) {
  let profile = newProfile(aProfileId(), T0);
  for (let index = 0; index < times; index += 1) {
    profile = rememberMessage(profile, idOf(index), T0 + index * gapMs);
  }
  return profile;
}

const remembered = (hours: readonly { readonly hashes: string }[]) =>
  hours.reduce((sum, { hashes }) => sum + hashes.length / 8, 0);

test('of a machine that sends all in one hour, the latest are remembered and no more', () => {
  const profile = afterMessages(MOST + 500, 0);
  expect(remembered(profile.recentMessages)).toBe(MOST);
  expect(isRecentMessage(profile, idOf(MOST + 499))).toBe(true);
  expect(isRecentMessage(profile, idOf(500))).toBe(true);
  expect(isRecentMessage(profile, idOf(499))).toBe(false);
});

test('two such become one with no more than one may have', () => {
  const one = afterMessages(MOST, 0);
  let other = newProfile(aProfileId(), T0);
  for (let index = MOST; index < 2 * MOST; index += 1) {
    other = rememberMessage(other, idOf(index), T0);
  }
  const merged = mergeRecentMessages(one.recentMessages, other.recentMessages);
  expect(remembered(merged)).toBe(MOST);
});

test('whoever sends less is known for 24 hours', () => {
  const profile = afterMessages(24, HOUR_MS);
  expect(isRecentMessage(profile, idOf(0))).toBe(true);
  expect(isRecentMessage(rememberMessage(profile, idOf(99), T0 + 26 * HOUR_MS), idOf(0))).toBe(
    false,
  );
});
