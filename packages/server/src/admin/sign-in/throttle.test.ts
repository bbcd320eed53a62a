import { Problem } from '@tenth/model/problem.ts';
import { expect, test } from 'vitest';
import { SignInThrottle } from './throttle.ts';

const OWNER = 'owner@shop.example';

function openThrottle() {
  const throttle = new SignInThrottle(() => 0);
  const outcomeOf = async (run: Promise<string>) =>
    run.catch((error: unknown) => (error instanceof Problem ? error.code : 'failed'));
  return {
    guess: (address: string) =>
      outcomeOf(
        throttle.run({ address, account: OWNER }, async () => {
          throw new Problem('password-wrong', 'wrong');
        }),
      ),
    signIn: (address: string) =>
      outcomeOf(throttle.run({ address, account: OWNER }, async () => 'signed in')),
  };
}

test('who has a network of IPv6 neither guesses on from its other addresses nor locks the account', async () => {
  const { guess, signIn } = openThrottle();
  const outcomes: string[] = [];
  for (let at = 1; at <= 40; at += 1) {
    outcomes.push(await guess(`2001:db8:1:2::${at.toString(16)}`));
  }
  expect(outcomes.slice(0, 10)).toEqual(Array(10).fill('password-wrong'));
  expect(new Set(outcomes.slice(10))).toEqual(new Set(['too-many-attempts']));
  expect(await signIn('2001:db8:1:2:ffff::1')).toBe('too-many-attempts');
  expect(await signIn('2001:db8:1:3::1')).toBe('signed in');
});

test('on this machine, too, guessing is slowed down', async () => {
  const { guess } = openThrottle();
  for (let at = 0; at < 10; at += 1) {
    expect(await guess('127.0.0.1')).toBe('password-wrong');
  }
  expect(await guess('127.0.0.1')).toBe('too-many-attempts');
  expect(await guess('203.0.113.7')).toBe('password-wrong');
});
