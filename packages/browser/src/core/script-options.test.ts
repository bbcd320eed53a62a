import { expect, test } from 'vitest';
import { readScriptOptions } from './script-options.ts';

const src = 'https://tenth.shop.kr/js/t.js?v=2';

test('the tag alone gives the defaults: opt_out, the script host as the endpoint', () => {
  expect(readScriptOptions({ src, dataset: { writeKey: 'wk' } })).toEqual({
    writeKey: 'wk',
    consentMode: 'opt_out',
    locale: undefined,
    endpoint: 'https://tenth.shop.kr',
    baseUrl: 'https://tenth.shop.kr/js/',
    userHash: undefined,
    isAutoPage: true,
  });
});

test('attributes overrule, and a mode that does not exist is the default', () => {
  const dataset = {
    writeKey: 'wk',
    consent: 'sometimes',
    endpoint: 'https://in.shop.kr/',
    autoPage: 'false',
  };
  expect(readScriptOptions({ src, dataset })).toMatchObject({
    consentMode: 'opt_out',
    endpoint: 'https://in.shop.kr',
    isAutoPage: false,
  });
});

test('without a write key there is nothing to start', () => {
  expect(readScriptOptions({ src, dataset: {} })).toBeUndefined();
});
