import { workspaceId } from '@tenth/model/ids.ts';
import { expect, test } from 'vitest';
import { KnownWriteKeys } from './known-write-keys.ts';

const use = { workspaceId: workspaceId.parse('shop'), origins: [] };

/** A store with one key, and what it was asked for. */
function openKeys() {
  const asked: string[] = [];
  const keys = new KnownWriteKeys({
    async find(writeKey) {
      asked.push(writeKey);
      return writeKey === 'key-of-shop' ? use : undefined;
    },
  });
  return { keys, asked };
}

test('keys that nobody has do not crowd out those that are in use', async () => {
  const { keys, asked } = openKeys();
  await keys.find('key-of-shop');
  for (let at = 0; at < 20_000; at += 1) {
    await keys.find(`no-key-${at}`);
  }
  asked.length = 0;
  expect(await keys.find('key-of-shop')).toEqual(use);
  expect(asked).toEqual([]);
});

test('a key that nobody has is asked for once, until one may have been made', async () => {
  const { keys, asked } = openKeys();
  expect(await keys.find('no-key')).toBeUndefined();
  expect(await keys.find('no-key')).toBeUndefined();
  expect(asked).toEqual(['no-key']);
  keys.forget('no-key');
  await keys.find('no-key');
  keys.forgetAll();
  await keys.find('no-key');
  expect(asked).toEqual(['no-key', 'no-key', 'no-key']);
});
