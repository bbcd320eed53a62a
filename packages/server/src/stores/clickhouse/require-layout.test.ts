import { expect, test } from 'vitest';
import { complainOfLayout } from './require-layout.ts';

test('tables of one server and of a cluster are not taken for each other', () => {
  expect(complainOfLayout(undefined, undefined)).toBeUndefined();
  expect(complainOfLayout(undefined, 'main')).toBeUndefined();
  expect(complainOfLayout('MergeTree', undefined)).toBeUndefined();
  expect(complainOfLayout('Distributed', 'main')).toBeUndefined();
  expect(complainOfLayout('Distributed', undefined)).toContain('give its name');
  expect(complainOfLayout('MergeTree', 'main')).toContain('not for the cluster main');
});
