import { expect, test } from 'vitest';
import { roleList, roles } from './role.ts';

test('a process does everything unless told otherwise', () => {
  expect(roleList.parse(undefined)).toEqual(roles);
  expect(roleList.parse('collect, ship, ship')).toEqual(['collect', 'ship']);
});

test('a role there is not is refused, with those there are', () => {
  expect(roleList.safeParse('collect,shop').error?.issues[0]?.message).toContain('sweep, backfill');
  expect(roleList.safeParse('').success).toBe(false);
});
