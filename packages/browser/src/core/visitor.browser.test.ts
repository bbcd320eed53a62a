import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const isReady = (page: Page) => page.waitForFunction('window.tenth && window.tenth.user');

async function user(page: Page): Promise<{ anonymousId: string; userId?: string }> {
  return page.evaluate('window.tenth.user()');
}

/** Opens a page on each host in turn, in one browser; cookies as they are, or refused. */
async function browse(areCookiesBlocked = false) {
  const page = await shop.get().visit({ hasScript: false });
  if (areCookiesBlocked) {
    await page.addInitScript(() => {
      Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => undefined });
    });
  }
  shop.get().page = {};
  const open = async (name: string) => {
    await page.goto(shop.get().originOf(`${name}.shop.localhost`));
    await isReady(page);
  };
  return { page, open };
}

test('who signs out on one host of the shop is signed out on the others', async () => {
  const { page, open } = await browse();
  await open('m');
  await page.evaluate(`window.tenth.identify('member-1')`);
  await open('www');
  expect((await user(page)).userId).toBe('member-1');
  await page.evaluate('window.tenth.reset()');
  const { anonymousId } = await user(page);
  await open('m');
  expect(await user(page)).toEqual({ anonymousId });
  await page.reload();
  await isReady(page);
  expect(await user(page)).toEqual({ anonymousId });
});

test('a member whose cookies have run out is known by localStorage', async () => {
  const { page, open } = await browse();
  await open('m');
  await page.evaluate(`window.tenth.identify('member-1')`);
  const before = await user(page);
  await page.context().clearCookies();
  await open('m');
  expect(await user(page)).toEqual({ ...before, userId: 'member-1' });
});

test('a member who blocks cookies is known by localStorage, until they sign out', async () => {
  const { page, open } = await browse(true);
  await open('m');
  await page.evaluate(`window.tenth.identify('member-1')`);
  const before = await user(page);
  await open('m');
  expect(await user(page)).toEqual(before);
  await page.evaluate('window.tenth.reset()');
  await open('m');
  expect((await user(page)).userId).toBeUndefined();
});
