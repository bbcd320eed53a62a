import type { Watch } from '@tenth/model/collect-api.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ok, withSettings } from '../testing/fake-tenth.ts';
import type { Visit } from '../testing/shop.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const body = `<button id="buy"><span>buy</span></button><div style="height:4000px"></div>`;
const sent = (name: string) => shop.get().tenth.named(name);

async function visit(watches: Watch[], options: Visit = {}): Promise<Page> {
  const { tenth } = shop.get();
  tenth.answer = ({ settingsVersion }) => (settingsVersion === 1 ? ok : withSettings({ watches }));
  const page = await shop.get().visit({ body }, options);
  await page.waitForFunction('window.tenth && window.tenth.user');
  if (watches.length > 0) {
    await page.waitForFunction(
      'performance.getEntriesByType("resource").some((it) => it.name.includes("/watch-") && it.responseEnd > 0)',
    );
    await page.waitForTimeout(100);
  }
  return page;
}

test('without a watch nothing is looked out for and the chunk is not loaded', async () => {
  const page = await visit([]);
  await eventually(() => expect(shop.get().tenth.events).toHaveLength(1));
  await page.mouse.wheel(0, 3_000);
  await page.click('#buy');
  await page.waitForTimeout(500);
  expect(shop.get().tenth.events).toHaveLength(1);
  expect(shop.get().tenth.paths.some((path) => path.includes('watch-'))).toBe(false);
});

test('time on page and silence are reported after their seconds, once', async () => {
  const page = await visit([
    { kind: 'time_on_page', seconds: 1 },
    { kind: 'silence', seconds: 2 },
  ]);
  await eventually(() => expect(sent('Time On Page Reached')).toHaveLength(1));
  await eventually(() => expect(sent('Silence Reached')).toHaveLength(1));
  expect(sent('Time On Page Reached')[0]?.properties).toEqual({ seconds: 1 });
  expect(sent('Silence Reached')[0]?.properties).toEqual({ seconds: 2 });
  await page.waitForTimeout(1_500);
  expect(sent('Time On Page Reached')).toHaveLength(1);
});

test('scroll depth is reported when that much has come into view, and again on the next page', async () => {
  const page = await visit([{ kind: 'scroll_depth', percent: 50 }]);
  await page.evaluate(() => scrollTo(0, 300));
  await page.waitForTimeout(200);
  expect(sent('Scroll Depth Reached')).toEqual([]);
  await page.evaluate(() => scrollTo(0, 3_000));
  await eventually(() => expect(sent('Scroll Depth Reached')).toHaveLength(1));
  await page.evaluate(() => {
    history.pushState({}, '', '/next');
    scrollTo(0, 0);
  });
  await page.evaluate(() => scrollTo(0, 3_500));
  await eventually(() => expect(sent('Scroll Depth Reached')).toHaveLength(2));
  expect(sent('Scroll Depth Reached')[0]?.properties).toEqual({ percent: 50 });
});

test('exit intent on a desktop is the pointer leaving at the top', async () => {
  const page = await visit([{ kind: 'exit_intent' }]);
  const leave = (clientY: number) =>
    page.evaluate((y) => {
      document.documentElement.dispatchEvent(
        new MouseEvent('mouseout', { bubbles: true, clientY: y, relatedTarget: null }),
      );
    }, clientY);
  await page.waitForTimeout(3_200);
  await leave(300);
  await page.waitForTimeout(200);
  expect(sent('Exit Intent Detected')).toEqual([]);
  await leave(-1);
  await eventually(() => expect(sent('Exit Intent Detected')).toHaveLength(1));
});

test('exit intent on a phone is a fast flick back to the top', async () => {
  const page = await visit([{ kind: 'exit_intent' }], {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.evaluate(() => scrollTo(0, 2_000));
  await page.waitForTimeout(3_200);
  expect(sent('Exit Intent Detected')).toEqual([]);
  await page.evaluate(() => scrollTo(0, 1_000));
  await eventually(() => expect(sent('Exit Intent Detected')).toHaveLength(1));
});

test('an element is reported when it comes into view, also one added later, and when it is clicked', async () => {
  const page = await visit([
    { kind: 'element_seen', selector: '.late' },
    { kind: 'element_clicked', selector: '#buy' },
    { kind: 'element_clicked', selector: ')(' },
  ]);
  await page.click('#buy span');
  await eventually(() => expect(sent('Element Clicked')).toHaveLength(1));
  expect(sent('Element Clicked')[0]?.properties).toEqual({ selector: '#buy' });
  expect(sent('Element Seen')).toEqual([]);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('afterbegin', '<p class="late">late</p>');
  });
  await eventually(() => expect(sent('Element Seen')).toHaveLength(1));
  expect(shop.get().problems).toEqual([]);
});

test('settings are kept: the next page watches without being told again', async () => {
  const page = await visit([{ kind: 'element_clicked', selector: '#buy' }]);
  shop.get().tenth.forget();
  await page.reload();
  await eventually(() => expect(shop.get().tenth.received[0]?.settingsVersion).toBe(1));
  await eventually(async () => {
    await page.click('#buy');
    expect(sent('Element Clicked')).toHaveLength(1);
  });
});

test('after a no nothing is looked out for, on the next page either', async () => {
  const page = await visit([{ kind: 'time_on_page', seconds: 600 }]);
  await page.evaluate('window.tenth.consent(false)');
  const started = await page.evaluate(`(async () => {
    let timers = 0;
    const { setInterval } = window;
    window.setInterval = (...given) => {
      timers += 1;
      return setInterval(...given);
    };
    history.pushState({}, '', '/next');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return timers;
  })()`);
  expect(started).toBe(0);
});
