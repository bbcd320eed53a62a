import { expect, test } from 'vitest';
import { readProblem } from './api-error.ts';
import { buildPath } from './client.ts';

test('params are escaped and empty query values are left out', () => {
  expect(
    buildPath('/api/v1/people/:person/campaigns/:campaignId', {
      params: { person: 'userId:a/b c', campaignId: 'x' },
    }),
  ).toBe('/api/v1/people/userId%3Aa%2Fb%20c/campaigns/x');
  expect(buildPath('/api/v1/people', { query: { search: '', limit: 20, before: undefined } })).toBe(
    '/api/v1/people?limit=20',
  );
});

test('a path that lacks a param is a bug and throws', () => {
  expect(() => buildPath('/api/v1/campaigns/:id', {})).toThrow('lacks its id');
});

test('problem details keep their code, detail and field', () => {
  expect(
    readProblem(422, {
      type: 'urn:tenth:problem:definition-invalid',
      title: 'The definition does not fit',
      status: 422,
      detail: 'use a number',
      field: 'caps.session',
    }),
  ).toEqual({
    code: 'definition-invalid',
    status: 422,
    title: 'The definition does not fit',
    detail: 'use a number',
    field: 'caps.session',
  });
});

test('an answer that is no problem details is told by its status', () => {
  expect(readProblem(502, '<html>')).toEqual({
    code: 'unreadable',
    status: 502,
    title: 'HTTP 502',
  });
});
