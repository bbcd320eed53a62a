import { expect, test } from 'vitest';
import { aDecision } from '../testing/a-decision.ts';
import { answers, decide } from '../testing/fake-tenth.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const message = '[data-tenth-decision]';

test("a member's messages leave the page when they sign out, those that stay over pages too", async () => {
  const { tenth } = shop.get();
  tenth.answer = answers({
    page: decide(
      aDecision({ format: { kind: 'bottom_bar' }, content: { title: 'your 3,200 points' } }),
      aDecision({
        id: '00000000000000d2',
        format: { kind: 'top_bar' },
        content: { title: 'your cart' },
        staysOverPages: true,
      }),
    ),
  });
  const page = await shop.get().visit();
  await page.getByText('your 3,200 points').waitFor();
  await page.getByText('your cart').waitFor();
  await page.evaluate('window.tenth.reset()');
  await eventually(async () => expect(await page.locator(message).count()).toBe(0));
  expect(tenth.named('Message Dismissed')).toEqual([]);
});

test('what was decided for a member is not drawn after they have signed out', async () => {
  const { tenth } = shop.get();
  tenth.answer = answers({
    Before: decide(
      aDecision({ messageId: 'before' }),
      aDecision({ id: '00000000000000d2', messageId: 'before', action: 'update' }),
      // Brought about by an event that the server has made of it.
      aDecision({ id: '00000000000000d3', messageId: 'of the server' }),
    ),
    After: decide(aDecision({ id: '00000000000000d4', content: { title: 'for anybody' } })),
  });
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.events).toHaveLength(1));
  await page.evaluate(
    `window.tenth.track('Before', {}, { messageId: 'before' }); window.tenth.reset()`,
  );
  await eventually(() => expect(tenth.named('Before')).toHaveLength(1));
  await page.waitForTimeout(200);
  await page.evaluate(`window.tenth.track('After')`);
  await page.getByText('for anybody').waitFor();
  expect(await page.locator(message).count()).toBe(1);
});
