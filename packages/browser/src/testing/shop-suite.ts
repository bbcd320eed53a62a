import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { Shop } from './shop.ts';

/** How long a test waits for something that must happen; a passing test never takes that long. */
export const PATIENCE_MS = 15_000;

/** Opens a shop for the file's tests; `get()` gives it inside a test, with nothing received yet. */
export function useShop(): { get(): Shop } {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
  let shop: Shop | undefined;
  const get = (): Shop => {
    if (shop === undefined) {
      throw new Error('the shop opens before the first test');
    }
    return shop;
  };
  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(async () => {
    await shop?.close();
  });
  beforeEach(() => get().tenth.forget());
  afterEach(() => get().leave());
  return { get };
}

/** Polls until it no longer throws. */
export async function eventually(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: PATIENCE_MS, interval: 25 });
}
