import { expect, test } from 'vitest';
import { aDecision } from '../testing/a-decision.ts';
import { answers, decide } from '../testing/fake-tenth.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const message = '[data-tenth-decision]';

test('a message for a page that was left is not drawn on the next', async () => {
  const { tenth } = shop.get();
  tenth.answer = answers({
    Here: decide(
      aDecision({ messageId: 'here', content: { title: 'about this page' } }),
      aDecision({
        id: '00000000000000d2',
        messageId: 'here',
        action: 'update',
        format: { kind: 'bottom_bar' },
        content: { title: 'stays anyway' },
      }),
    ),
  });
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.events).toHaveLength(1));
  await page.evaluate(`window.tenth.track('Here', {}, { messageId: 'here' })`);
  await page.getByText('about this page').waitFor();
  await page.reload();
  await eventually(() => expect(tenth.events.length).toBeGreaterThan(2));
  await page.evaluate(
    `window.tenth.track('Here', {}, { messageId: 'here' }); history.pushState({}, '', '/next')`,
  );
  await page.getByText('stays anyway').waitFor();
  expect(await page.locator(message).count()).toBe(1);
});

test('an event that an earlier page left behind brings no message up on this one', async () => {
  const { tenth } = shop.get();
  tenth.answer = () => ({ kind: 'raw', status: 503, type: 'text/plain', body: 'later' });
  const page = await shop.get().visit();
  await page.waitForFunction('window.tenth && window.tenth.user');
  await page.evaluate(`window.tenth.track('Left', {}, { messageId: 'left' })`);
  await eventually(() => expect(tenth.named('Left').length).toBeGreaterThan(0));
  tenth.answer = answers({ Left: decide(aDecision({ messageId: 'left' })) });
  tenth.received.length = 0;
  await page.goto(`${shop.get().origin}/next`);
  await eventually(() => expect(tenth.named('Left').length).toBeGreaterThan(0));
  await page.waitForTimeout(500);
  expect(await page.locator(message).count()).toBe(0);
});
