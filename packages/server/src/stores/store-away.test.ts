import { Problem } from '@tenth/model/problem.ts';
import { expect, test } from 'vitest';
import { asStoreProblem } from './postgres/silence.ts';
import { StoreAway, tellingStoreAway } from './store-away.ts';

const withCode = (code: string) =>
  Object.assign(new Error(`of user tenth at pg.internal: ${code}`), { code });
const thrown = (error: unknown, store: StoreAway['store'] = 'operational_store') =>
  tellingStoreAway(store, () => Promise.reject(error)).catch((caught: unknown) => caught);

test.each([
  ['refused', withCode('ECONNREFUSED'), 'PostgreSQL does not answer (ECONNREFUSED)'],
  ['starting up', asStoreProblem(withCode('57P03')), 'PostgreSQL does not answer (57P03)'],
  [
    'wrapped',
    new Error('cannot be used', { cause: withCode('ENOTFOUND') }),
    'PostgreSQL does not answer (ENOTFOUND)',
  ],
  ['left alone', new Problem('store-unavailable', 'x'), 'PostgreSQL does not answer:'],
] as const)('a store that is away is told apart: %s', async (_, error, message) => {
  const away = await thrown(error);
  expect(away).toBeInstanceOf(StoreAway);
  expect(String(away)).toContain(message);
  expect(String(away)).not.toContain('pg.internal');
});

test.each(['28P01', '3D000', '42501'])(
  'SQLSTATE %s is no silence, and stays as it is',
  async (code) => {
    const error = withCode(code);
    expect(await thrown(error)).toBe(error);
  },
);

test('the store that was away is named, also from within the other', async () => {
  const inner = await thrown(withCode('ECONNRESET'), 'event_log');
  expect(await thrown(inner)).toBe(inner);
  expect(String(inner)).toContain('ClickHouse does not answer (ECONNRESET)');
  expect(String(inner)).toContain('CLICKHOUSE_URL');
});
