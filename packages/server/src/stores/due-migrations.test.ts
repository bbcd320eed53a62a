import { expect, test } from 'vitest';
import { dueMigrations } from './due-migrations.ts';

const steps = [
  { version: 1, name: 'first' },
  { version: 2, name: 'second' },
  { version: 4, name: 'fourth' },
];

test('what is missing is due, in order, also below what was done', () => {
  expect(dueMigrations(steps, [], 'PostgreSQL')).toEqual(steps);
  expect(dueMigrations(steps, [steps[0], steps[2]].filter(isGiven), 'PostgreSQL')).toEqual([
    { version: 2, name: 'second' },
  ]);
  expect(dueMigrations(steps, steps, 'PostgreSQL')).toEqual([]);
});

test('a newer schema is refused, and what to do is said', () => {
  const newer = [...steps, { version: 5, name: 'fifth' }];
  expect(() => dueMigrations(steps, newer, 'ClickHouse')).toThrow(
    'ClickHouse has schema 5 (fifth), this version of Tenth knows up to 4: start a newer version',
  );
  // Lower than the newest, and yet not known: of a version that is newer in its own line.
  expect(() => dueMigrations(steps, [{ version: 3, name: 'third' }], 'ClickHouse')).toThrow(
    'start a newer version',
  );
});

test('a step of another name is refused', () => {
  expect(() => dueMigrations(steps, [{ version: 2, name: 'other' }], 'PostgreSQL')).toThrow(
    'schema 2 of PostgreSQL is "other", here it is "second"',
  );
});

function isGiven<T>(value: T | undefined): value is T {
  return value !== undefined;
}
