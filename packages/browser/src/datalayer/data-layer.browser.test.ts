import { expect, test } from 'vitest';
import { ok, withSettings } from '../testing/fake-tenth.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const sent = (name: string) => shop.get().tenth.named(name);

const head = `<script>
  window.dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
  gtag('js', new Date());
  dataLayer.push({ event: 'view_item', ecommerce: { currency: 'KRW', items: [{ item_id: 'p1', price: 39000 }] } });
</script>`;

function takeOver(takeOverDataLayer: boolean): void {
  shop.get().tenth.answer = ({ settingsVersion }) =>
    settingsVersion === 1 ? ok : withSettings({ takeOverDataLayer });
}

test('what the shop told Google before and tells it later arrives in Segment words', async () => {
  takeOver(true);
  const page = await shop.get().visit({ head });
  await eventually(() => expect(sent('Product Viewed')).toHaveLength(1));
  expect(sent('Product Viewed')[0]?.properties).toEqual({
    currency: 'KRW',
    product_id: 'p1',
    price: 39000,
  });
  const length = await page.evaluate(`
    dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'p1', quantity: 1 }] } })`);
  await eventually(() => expect(sent('Product Added')).toHaveLength(1));
  expect(length).toBe(await page.evaluate('dataLayer.length'));
  await page.evaluate(
    `gtag('event', 'begin_checkout', { value: 39000, items: [{ item_id: 'p1' }] })`,
  );
  await eventually(() => expect(sent('Checkout Started')).toHaveLength(1));
});

test('one purchase is one order, over repeats and page loads', async () => {
  takeOver(true);
  const purchase = `dataLayer.push({ event: 'purchase', ecommerce: { transaction_id: 'o-1', value: 5 } });`;
  const page = await shop.get().visit({
    head: `<script>window.dataLayer = []; ${purchase} ${purchase}</script>`,
  });
  await eventually(() => expect(sent('Order Completed')).toHaveLength(1));
  await page.reload();
  // More often where a reload cut an answer off: then it is sent again, under the same id.
  await eventually(() => expect(sent('Order Completed').length).toBeGreaterThanOrEqual(2));
  const ids = sent('Order Completed').map(({ messageId }) => messageId);
  expect(new Set(ids)).toEqual(new Set(['ga4-purchase-o-1']));
});

test('the data layer is left alone unless the workspace says so', async () => {
  takeOver(false);
  const page = await shop.get().visit({ head });
  await eventually(() => expect(shop.get().tenth.events).toHaveLength(1));
  await page.evaluate(`dataLayer.push({ event: 'view_cart', ecommerce: { items: [] } })`);
  await page.waitForTimeout(300);
  expect(shop.get().tenth.events).toHaveLength(1);
  expect(shop.get().tenth.paths.some((path) => path.includes('datalayer-'))).toBe(false);
});

test("a shop's own window.dataLayer that is no array is left as it is", async () => {
  takeOver(true);
  const page = await shop.get().visit({
    head: '<script>window.dataLayer = { pageType: "product" }</script>',
  });
  await eventually(() =>
    expect(shop.get().lines.some((line) => line.includes('dataLayer is no array'))).toBe(true),
  );
  expect(await page.evaluate('window.dataLayer')).toEqual({ pageType: 'product' });
  expect(shop.get().problems).toEqual([]);
});
