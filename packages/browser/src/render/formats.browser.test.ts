import type { Format } from '@tenth/model/content.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aDecision, aWithdrawal } from '../testing/a-decision.ts';
import { type Answer, answers, decide, withSettings } from '../testing/fake-tenth.ts';
import type { Visit } from '../testing/shop.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const body = '<button id="before">before</button><div data-tenth-placement="hero"><b>own</b></div>';
const message = '[data-tenth-decision]';

/** What to do on the page view, and on each track event by name. */
function script(byName: Readonly<Record<string, Answer>>): void {
  shop.get().tenth.answer = answers(byName);
}

async function visit(options: Visit = {}): Promise<Page> {
  return shop.get().visit({ body }, options);
}

const sent = (name: string) => shop.get().tenth.named(name);
const properties = { decision_id: '00000000000000d1', campaign_id: 'spring', variant_id: 'a' };

const formats: readonly Format[] = [
  { kind: 'modal', fullScreenOnPhones: true },
  { kind: 'full_screen' },
  { kind: 'top_bar' },
  { kind: 'bottom_bar' },
  { kind: 'slide_in', corner: 'bottom_left' },
  { kind: 'inline', placement: 'hero', position: 'replace' },
];

test.each(formats)(
  '$kind is drawn and reports that it was seen, followed and dismissed',
  async (format) => {
    const content = {
      body: '오늘만',
      actions: [
        { label: '보기', url: '#sale', style: 'primary' as const },
        { label: '나중에', style: 'secondary' as const },
      ],
    };
    script({
      page: decide(aDecision({ format, content })),
      Again: decide(aDecision({ id: '00000000000000d2', format, content })),
    });
    const page = await visit();
    await page.getByText('오늘만').waitFor();
    await eventually(() => expect(sent('Message Seen')).toHaveLength(1));
    expect(sent('Message Seen')[0]?.properties).toEqual(properties);
    await page.getByRole('link', { name: '보기' }).click();
    await eventually(() => expect(sent('Message Clicked')).toHaveLength(1));
    expect(sent('Message Clicked')[0]?.properties).toEqual({ ...properties, action: '0' });
    expect(new URL(page.url()).hash).toBe('#sale');
    if (format.kind === 'inline') {
      await page.getByRole('button', { name: '나중에' }).click();
    } else {
      await page.locator(message).waitFor({ state: 'detached' });
      await page.evaluate(`window.tenth.track('Again')`);
      await page.getByRole('button', { name: '닫기' }).click();
    }
    await eventually(() => expect(sent('Message Dismissed')).toHaveLength(1));
    await page.locator(message).waitFor({ state: 'detached' });
    expect(shop.get().problems).toEqual([]);
  },
);

test('the shop can neither reach into a message nor be restyled by one', async () => {
  script({ page: decide(aDecision()) });
  const page = await visit({ isClosed: true });
  const before = await page.locator('#before').evaluate((it) => getComputedStyle(it).cssText);
  await page.locator(message).waitFor({ state: 'attached' });
  expect(await page.locator(message).evaluate((host) => host.shadowRoot)).toBeNull();
  expect(await page.locator('#before').evaluate((it) => getComputedStyle(it).cssText)).toBe(before);
});

test.each(['modal', 'full_screen'] as const)(
  'focus goes into a %s, stays inside, and returns when Escape closes it',
  async (kind) => {
    const format: Format = kind === 'modal' ? { kind, fullScreenOnPhones: false } : { kind };
    const actions = [{ label: '보기', url: '#x', style: 'primary' as const }];
    script({ Open: decide(aDecision({ format, content: { actions } })) });
    const page = await visit();
    await page.waitForFunction('window.tenth && window.tenth.user');
    await page.locator('#before').focus();
    await page.evaluate(`window.tenth.track('Open')`);
    const dialog = page.getByRole('dialog', { name: '봄맞이 혜택' });
    await dialog.waitFor();
    expect(await dialog.getAttribute('aria-modal')).toBe('true');
    for (let press = 0; press < 5; press++) {
      await page.keyboard.press(press < 3 ? 'Tab' : 'Shift+Tab');
      expect(
        await page.evaluate(() => document.activeElement?.hasAttribute('data-tenth-decision')),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.locator(message).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('before');
    await eventually(() => expect(sent('Message Dismissed')).toHaveLength(1));
  },
);

test('a slide-in leaves the focus alone, and Escape closes it', async () => {
  script({ Open: decide(aDecision({ format: { kind: 'slide_in', corner: 'bottom_right' } })) });
  const page = await visit();
  await page.waitForFunction('window.tenth && window.tenth.user');
  await page.locator('#before').focus();
  await page.evaluate(`window.tenth.track('Open')`);
  await page.getByText('봄맞이 혜택').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('before');
  await page.keyboard.press('Escape');
  await page.locator(message).waitFor({ state: 'detached' });
});

test('a bar speaks to screen readers', async () => {
  script({ page: decide(aDecision({ format: { kind: 'top_bar' } })) });
  const page = await visit();
  await page.getByRole('status').filter({ hasText: '봄맞이 혜택' }).waitFor();
});

test('a visitor who asked for less motion gets none', async () => {
  script({ page: decide(aDecision()) });
  const page = await visit({ reducedMotion: 'reduce' });
  const card = page.locator('.card');
  await card.waitFor();
  expect(await card.evaluate((it) => it.getAnimations().length)).toBe(0);
  expect(await card.evaluate((it) => getComputedStyle(it).animationName)).toBe('none');
});

test('a message lies dark in a dark browser', async () => {
  script({ page: decide(aDecision()) });
  const page = await visit({ colorScheme: 'dark' });
  const colour = await page.locator('.card').evaluate((it) => getComputedStyle(it).backgroundColor);
  expect(colour).toBe('rgb(28, 28, 31)');
});

test('the brand gives colour and roundness', async () => {
  const brand = {
    primary: '#d6336c',
    onPrimary: '#ffffff',
    surface: '#fff0f6',
    onSurface: '#222222',
    radiusPx: 4,
    fontFamily: 'inherit',
  };
  script({ page: withSettings({ brand }, aDecision()) });
  const page = await visit();
  const style = await page.locator('.card').evaluate((it) => {
    const { backgroundColor, borderRadius } = getComputedStyle(it);
    return { backgroundColor, borderRadius };
  });
  expect(style).toEqual({ backgroundColor: 'rgb(255, 240, 246)', borderRadius: '12px' });
});

test('a modal told to fills the screen of a phone', async () => {
  script({ page: decide(aDecision({ format: { kind: 'modal', fullScreenOnPhones: true } })) });
  const page = await visit({ viewport: { width: 390, height: 844 } });
  await eventually(async () =>
    expect(await page.locator('.card').boundingBox()).toMatchObject({
      x: 0,
      width: 390,
      height: 844,
    }),
  );
});

test('an inline message stands in for the placement and gives it back when withdrawn', async () => {
  const format: Format = { kind: 'inline', placement: 'hero', position: 'replace' };
  script({ page: decide(aDecision({ format })), Bye: decide(aWithdrawal()) });
  const page = await visit();
  await page.getByText('봄맞이 혜택').waitFor();
  expect(await page.getByText('own').isVisible()).toBe(false);
  expect(await page.locator('[data-tenth-placement] b').count()).toBe(1);
  await page.evaluate(`window.tenth.track('Bye')`);
  await page.getByText('own').waitFor();
  expect(sent('Message Dismissed')).toEqual([]);
});

test.each(['append', 'prepend', 'before', 'after'] as const)(
  'an inline message can go %s of what a selector finds',
  async (position) => {
    script({
      page: decide(
        aDecision({ format: { kind: 'inline', selector: '[data-tenth-placement]', position } }),
      ),
    });
    const page = await visit();
    await page.getByText('봄맞이 혜택').waitFor();
    const isRight = await page.evaluate((where) => {
      const place = document.querySelector('[data-tenth-placement]');
      const neighbour = {
        append: place?.lastElementChild,
        prepend: place?.firstElementChild,
        before: place?.previousElementSibling,
        after: place?.nextElementSibling,
      }[where];
      return neighbour?.hasAttribute('data-tenth-decision');
    }, position);
    expect(isRight).toBe(true);
  },
);

test('an inline message waits for its place, and is seen only when half of it is', async () => {
  script({
    page: decide(aDecision({ format: { kind: 'inline', selector: '#late', position: 'append' } })),
  });
  const page = await visit();
  await page.waitForFunction(
    'performance.getEntriesByType("resource").some((it) => it.name.includes("render-"))',
  );
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<div style="height:3000px"></div><div id="late"></div>',
    );
  });
  await page.locator(`#late ${message}`).waitFor({ state: 'attached' });
  await page.waitForTimeout(300);
  expect(sent('Message Seen')).toEqual([]);
  await page.locator('#late').scrollIntoViewIfNeeded();
  await eventually(() => expect(sent('Message Seen')).toHaveLength(1));
});

test('two overlays are never shown at once: the second waits for the first to close', async () => {
  script({
    page: decide(
      aDecision({ id: '00000000000000d1', content: { title: 'first' } }),
      aDecision({
        id: '00000000000000d2',
        format: { kind: 'slide_in', corner: 'bottom_right' },
        content: { title: 'second' },
      }),
      aDecision({
        id: '00000000000000d3',
        format: { kind: 'full_screen' },
        content: { title: 'too late' },
        expiresAt: Date.now() + 400,
      }),
      aDecision({ id: '00000000000000d4', format: { kind: 'top_bar' }, content: { title: 'bar' } }),
    ),
  });
  const page = await visit();
  await page.getByText('first').waitFor();
  await page.getByText('bar').waitFor();
  expect(await page.getByText('second').count()).toBe(0);
  await page.waitForTimeout(500);
  await page.keyboard.press('Escape');
  await page.getByText('second').waitFor();
  await page.keyboard.press('Escape');
  await eventually(() => expect(sent('Message Dismissed')).toHaveLength(2));
  expect(await page.getByText('too late').count()).toBe(0);
  expect(
    sent('Message Seen')
      .map((event) => (event.properties as { decision_id: string }).decision_id.slice(-2))
      .sort(),
  ).toEqual(['d1', 'd2', 'd4']);
});

test('a decision that came too late is not shown', async () => {
  script({
    page: decide(
      aDecision({ expiresAt: Date.now() - 1 }),
      aDecision({ id: '00000000000000d2', content: { title: 'in time' } }),
    ),
  });
  const page = await visit();
  await page.getByText('in time').waitFor();
  expect(await page.locator(message).count()).toBe(1);
});

test('an update draws a message again that the page has dropped, and not one that was dismissed', async () => {
  const format: Format = { kind: 'bottom_bar' };
  script({
    page: decide(aDecision({ format })),
    Update: decide(aDecision({ action: 'update', format, content: { title: '새 소식' } })),
  });
  const page = await visit();
  await page.getByText('봄맞이 혜택').waitFor();
  await page.evaluate(() => document.querySelector('[data-tenth-decision]')?.remove());
  await page.evaluate(`window.tenth.track('Update')`);
  await page.getByText('새 소식').waitFor();
  await page.getByRole('button', { name: '닫기' }).click();
  await page.locator(message).waitFor({ state: 'detached' });
  await page.evaluate(`window.tenth.track('Update')`);
  await eventually(() => expect(sent('Update')).toHaveLength(2));
  await page.waitForTimeout(300);
  expect(await page.locator(message).count()).toBe(0);
  expect(sent('Message Seen')).toHaveLength(1);
});

test('a no to consent takes the messages back', async () => {
  script({ page: decide(aDecision()) });
  const page = await visit();
  await page.locator('.card').waitFor();
  await page.evaluate('window.tenth.consent(false)');
  await page.locator(message).waitFor({ state: 'detached' });
});
