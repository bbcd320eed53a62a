import { expect, test } from 'vitest';
import { readArguments } from './call-arguments.ts';

test('a track call takes event, properties, options and callback in that order', () => {
  const done = () => undefined;
  const read = readArguments(['Signed Up', { plan: 'a' }, { timestamp: 5 }, done], 1);
  expect(read).toEqual({
    texts: ['Signed Up'],
    fields: { plan: 'a' },
    options: { timestamp: 5 },
    callback: done,
  });
});

test('a page call with one text names the page, with two it names category and page', () => {
  expect(readArguments(['Home'], 2).texts).toEqual(['Home']);
  expect(readArguments(['Shop', 'Home', { a: 1 }], 2)).toMatchObject({
    texts: ['Shop', 'Home'],
    fields: { a: 1 },
  });
});

test('an identify call without an id has only traits', () => {
  expect(readArguments([{ tier: 'gold' }], 1)).toMatchObject({
    texts: [],
    fields: { tier: 'gold' },
  });
  expect(readArguments([null, { tier: 'gold' }], 1)).toMatchObject({
    texts: [undefined],
    fields: { tier: 'gold' },
  });
});

test('a number as an id counts as its digits', () => {
  expect(readArguments([42], 1).texts).toEqual(['42']);
});

test('a callback may stand in any place', () => {
  const done = () => undefined;
  expect(readArguments(['Viewed', done], 1)).toMatchObject({ fields: {}, callback: done });
});

test('properties left out as null leave the options in their place', () => {
  const read = readArguments(['Viewed', null, { anonymousId: 'a1' }], 1);
  expect(read.fields).toEqual({});
  expect(read.options).toEqual({ anonymousId: 'a1' });
});
