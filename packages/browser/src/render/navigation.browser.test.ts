import type { Format } from '@tenth/model/content.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aDecision } from '../testing/a-decision.ts';
import { decide, ok } from '../testing/fake-tenth.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const message = '[data-tenth-decision]';
const place = '<div data-tenth-placement="hero">own</div>';
const inline: Format = { kind: 'inline', placement: 'hero', position: 'replace' };

/** Shows `<path> 1`, `<path> 2` … for the page views of each path, in what is given of a decision. */
function showOnEachPage(parts: Parameters<typeof aDecision>[0]): void {
  let shown = 0;
  shop.get().tenth.answer = ({ batch }) => {
    const page = batch.find((event) => event.type === 'page');
    if (page === undefined) {
      return ok;
    }
    shown += 1;
    const { path } = page.properties as { path: string };
    return decide(
      aDecision({
        ...parts,
        id: `00000000000000d${shown}`,
        messageId: page.messageId,
        content: { title: `${path} ${shown}` },
      }),
    );
  };
}

/** As a shop's router does: another address, other content, no load. */
async function go(page: Page, path: string, main = ''): Promise<void> {
  await page.evaluate(
    ([address, html]) => {
      history.pushState({}, '', address);
      document.querySelector('main')?.replaceChildren();
      document.querySelector('main')?.insertAdjacentHTML('beforeend', html ?? '');
    },
    [path, main],
  );
}

const pageViews = () => shop.get().tenth.events.filter((event) => event.type === 'page').length;
const dismissals = () => shop.get().tenth.named('Message Dismissed');

test.each<Format>([
  { kind: 'top_bar' },
  { kind: 'slide_in', corner: 'bottom_right' },
  { kind: 'modal', fullScreenOnPhones: false },
  inline,
])('a $kind message leaves with its page, and the next takes its place', async (format) => {
  showOnEachPage({ format });
  const page = await shop.get().visit({ body: `<main>${place}</main>` });
  await page.getByText('/ 1').waitFor();
  await go(page, '/b', place);
  await page.getByText('/b 2').waitFor();
  expect(await page.locator(message).count()).toBe(1);
  expect(dismissals()).toEqual([]);
});

test('a message whose place went with the page before gives its slot back', async () => {
  showOnEachPage({ format: inline });
  const page = await shop.get().visit({ body: `<main>${place}</main>` });
  await page.getByText('/ 1').waitFor();
  await go(page, '/without');
  await eventually(() => expect(pageViews()).toBe(2));
  await go(page, '/again', place);
  await page.getByText('/again').waitFor();
});

test('a message that waits behind another does not turn up on the next page', async () => {
  const { tenth } = shop.get();
  tenth.answer = ({ batch }) =>
    batch.some((event) => (event.properties as { path?: string }).path === '/')
      ? decide(
          aDecision({ content: { title: 'first' } }),
          aDecision({ id: '00000000000000d2', content: { title: 'second' } }),
        )
      : ok;
  const page = await shop.get().visit({ body: '<main></main>' }, { reducedMotion: 'reduce' });
  await page.getByText('first').waitFor();
  await go(page, '/b');
  await page.locator(message).waitFor({ state: 'detached' });
  await page.waitForTimeout(300);
  expect(await page.locator(message).count()).toBe(0);
  expect(tenth.named('Message Seen')).toHaveLength(1);
});

test('a shop that strips campaign parameters off the address keeps the message', async () => {
  const { tenth } = shop.get();
  tenth.answer = ({ batch }) =>
    batch.some((event) => event.event === 'Ready')
      ? decide(aDecision({ format: { kind: 'top_bar' } }))
      : ok;
  const page = await shop.get().visit();
  await page.evaluate(() => history.replaceState({}, '', '/?utm_source=naver'));
  await page.evaluate(`window.tenth.track('Ready')`);
  await page.locator(message).waitFor();
  await page.evaluate(() => history.replaceState({}, '', '/'));
  await eventually(() => expect(pageViews()).toBe(3));
  await page.waitForTimeout(300);
  expect(await page.locator(message).count()).toBe(1);
});

test('a message that stays over pages is there on the next one, without a gap', async () => {
  showOnEachPage({ format: { kind: 'bottom_bar' }, staysOverPages: true });
  const page = await shop.get().visit({ body: '<main></main>' });
  await page.getByText('/ 1').waitFor();
  await go(page, '/b');
  await eventually(() => expect(pageViews()).toBe(2));
  await page.waitForTimeout(300);
  expect(await page.getByText('/ 1').count()).toBe(1);
});

test('a message that an update brought stays as well', async () => {
  showOnEachPage({ format: { kind: 'bottom_bar' }, action: 'update' });
  const page = await shop.get().visit({ body: '<main></main>' });
  await page.getByText('/ 1').waitFor();
  await go(page, '/b');
  await eventually(() => expect(pageViews()).toBe(2));
  await page.waitForTimeout(300);
  expect(await page.getByText('/ 1').count()).toBe(1);
});

test('a slot is free when the page draws the place of its message anew', async () => {
  const { tenth } = shop.get();
  tenth.answer = ({ batch }) => {
    const name = batch[0]?.event ?? 'first';
    const id = name === 'first' ? '00000000000000d1' : '00000000000000d2';
    return name === 'first' || name === 'second'
      ? decide(aDecision({ id, format: inline, content: { title: String(name) } }))
      : ok;
  };
  const page = await shop.get().visit({ body: `<main>${place}</main>` });
  await page.getByText('first').waitFor();
  await page.evaluate((html) => {
    document.querySelector('main')?.replaceChildren();
    document.querySelector('main')?.insertAdjacentHTML('beforeend', html);
  }, place);
  await page.evaluate(`window.tenth.track('second')`);
  await page.getByText('second').waitFor();
  expect(await page.locator(message).count()).toBe(1);
});
