import { Problem } from '@tenth/model/problem.ts';
import { expect, test } from 'vitest';
import { asStoreProblem, isSilence } from './silence.ts';

const withCode = (code: string) => Object.assign(new Error('says something'), { code });

test.each([
  withCode('ECONNREFUSED'),
  withCode('ETIMEDOUT'),
  withCode('ENOTFOUND'),
  withCode('EPIPE'),
  withCode('57P03'),
  withCode('57P01'),
  withCode('08006'),
  withCode('53300'),
  withCode('25006'),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  new Error('Query read timeout'),
])('a server that is away is told from one that refuses: %s', (error) => {
  expect(isSilence(error)).toBe(true);
  expect(asStoreProblem(error)).toMatchObject({ code: 'store-unavailable', cause: error });
});

test.each([
  withCode('23505'),
  withCode('40001'),
  withCode('28P01'),
  withCode('3D000'),
  new TypeError('x is not a function'),
  new Problem('not-found', 'no such list'),
  undefined,
])('what the server refuses, and what is our mistake, stays as it is: %s', (error) => {
  expect(isSilence(error)).toBe(false);
  expect(asStoreProblem(error)).toBe(error);
});

test('a full disk and a statement out of time are told to callers, and the server is there', () => {
  for (const error of [withCode('53100'), withCode('57014')]) {
    expect(isSilence(error)).toBe(false);
    expect(asStoreProblem(error)).toMatchObject({ code: 'store-unavailable' });
  }
});
