import { expect, test } from 'vitest';
import { checkClock } from './check-clock.ts';

/** A clock here that goes on by `takesMs` while the question is under way. */
function check(theirs: number, takesMs = 10) {
  const times = [1_000_000, 1_000_000 + takesMs];
  return checkClock(
    'postgres.clock',
    'PostgreSQL',
    async () => theirs,
    () => times.shift() ?? 0,
  );
}

test('a clock that is a little off does not matter, one that is far off does', async () => {
  expect(await check(1_000_005)).toMatchObject({ state: 'ok' });
  expect(await check(1_000_900)).toMatchObject({ state: 'ok' });
  expect(await check(990_000)).toMatchObject({
    state: 'warning',
    what: 'the clock of PostgreSQL is -10005 ms from this one’s; synchronise the clocks of all machines (NTP)'.replace(
      '’',
      "'",
    ),
  });
  expect(await check(1_100_000)).toMatchObject({ state: 'bad' });
});

test('what a slow answer may have added is not held against the clock', async () => {
  expect(await check(1_004_000, 4_000)).toMatchObject({ state: 'ok' });
});
