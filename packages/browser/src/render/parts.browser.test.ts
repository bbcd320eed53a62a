import { expect, test } from 'vitest';
import { aDecision, aWithdrawal } from '../testing/a-decision.ts';
import { decide, ok } from '../testing/fake-tenth.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();
const sent = (name: string) => shop.get().tenth.named(name);

test('texts are texts, and an address that is not safe makes no link', async () => {
  const title = '<img src=x onerror="window.hacked = 1">';
  shop.get().tenth.answer = () =>
    decide(
      aDecision({
        content: {
          title,
          body: '{{ person.name }} <script>window.hacked = 1</script>',
          image: { url: 'javascript:window.hacked=1', alt: 'x' },
          actions: [
            { label: 'bad', url: 'javascript:window.hacked=1', style: 'primary' },
            { label: 'good', url: '/sale', style: 'secondary' },
          ],
        },
      }),
    );
  const page = await shop.get().visit();
  await page.getByText(title).waitFor();
  expect(await page.getByText('bad').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'good' }).getAttribute('href')).toBe(
    `${shop.get().origin}/sale`,
  );
  expect(await page.evaluate('window.hacked')).toBeUndefined();
});

test('a coupon is copied, says so aloud, and counts as a click once', async () => {
  shop.get().tenth.answer = ({ batch }) =>
    batch.some(({ type }) => type === 'page')
      ? decide(aDecision({ content: { coupon: { code: 'HELLO15', label: '첫 구매' } } }))
      : ok;
  const page = await shop.get().visit({}, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: '복사: HELLO15' }).click();
  await page.getByRole('status').filter({ hasText: '복사됨' }).waitFor({ state: 'attached' });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('HELLO15');
  await page.locator('.copy').click();
  await eventually(() => expect(sent('Message Clicked')).toHaveLength(1));
  expect(sent('Message Clicked')[0]?.properties).toMatchObject({ action: 'coupon' });
});

test('a coupon is copied where the clipboard is refused, too', async () => {
  shop.get().tenth.answer = () => decide(aDecision({ content: { coupon: { code: 'HELLO15' } } }));
  const page = await shop.get().visit({
    head: '<script>Object.defineProperty(navigator, "clipboard", { value: undefined }); addEventListener("copy", (copy) => { window.copied = String(getSelection()) || "yes"; })</script>',
  });
  await page.locator('.copy').click();
  await page.locator('.copy.done').waitFor();
  expect(await page.evaluate('window.copied')).toBeTruthy();
});

test('a countdown runs down and ends in words', async () => {
  shop.get().tenth.answer = () =>
    decide(
      aDecision({ content: { countdown: { endsAt: Date.now() + 3_500, label: '종료까지' } } }),
    );
  const page = await shop.get().visit();
  await page.getByRole('timer').filter({ hasText: '00시' }).waitFor();
  await page.getByText('종료되었어요').waitFor();
});

test('progress grows with an update and goes with a withdrawal', async () => {
  const progressAt = (value: number, action: 'show' | 'update') =>
    decide(
      aDecision({
        action,
        format: { kind: 'bottom_bar' },
        content: { progress: { value, max: 50_000, label: `${50_000 - value}원 남았어요` } },
      }),
    );
  shop.get().tenth.answer = ({ batch }) => {
    const name = batch[0]?.event ?? batch[0]?.type;
    return name === 'page'
      ? progressAt(20_000, 'show')
      : name === 'Added'
        ? progressAt(45_000, 'update')
        : name === 'Emptied'
          ? decide(aWithdrawal())
          : ok;
  };
  const page = await shop.get().visit();
  const bar = page.getByRole('progressbar', { name: '30000원 남았어요' });
  await bar.waitFor();
  expect(await bar.getAttribute('aria-valuenow')).toBe('20000');
  await page.evaluate(`window.tenth.track('Added')`);
  const grown = page.getByRole('progressbar', { name: '5000원 남았어요' });
  await grown.waitFor();
  expect(await grown.getAttribute('aria-valuetext')).toBe('50,000 중 45,000');
  await page.evaluate(`window.tenth.track('Emptied')`);
  await page.locator('[data-tenth-decision]').waitFor({ state: 'detached' });
  expect(sent('Message Dismissed')).toEqual([]);
  expect(sent('Message Seen')).toHaveLength(1);
});

test('built-in words follow the language of the message', async () => {
  shop.get().tenth.answer = () =>
    decide(aDecision({ content: { locale: 'en', coupon: { code: 'A' } } }));
  const page = await shop.get().visit();
  await page.getByRole('button', { name: 'Close' }).waitFor();
  await page.getByRole('button', { name: 'Copy: A' }).waitFor();
});

test('custom HTML runs, but reaches neither the page nor its cookies', async () => {
  const html = `<p>custom</p><script>
    const tries = [() => parent.document.title, () => document.cookie, () => localStorage.length, () => { top.location = 'about:blank#out'; throw 0; }];
    const got = tries.map((attempt) => { try { return String(attempt()); } catch { return 'refused'; } });
    document.body.append(got.join(' '));
    parent.postMessage({ tenth: 'click' }, '*');
  </script><button onclick="parent.postMessage({ tenth: 'close' }, '*')">bye</button>`;
  shop.get().tenth.answer = ({ batch }) =>
    batch.some(({ type }) => type === 'page')
      ? decide(aDecision({ content: { html, htmlHeightPx: 200 } }))
      : ok;
  const page = await shop.get().visit();
  const frame = page.frameLocator('iframe');
  await frame.getByText('refused refused refused refused').waitFor();
  const iframe = page.locator('iframe');
  expect(await iframe.getAttribute('sandbox')).toBe(
    'allow-scripts allow-popups allow-popups-to-escape-sandbox',
  );
  expect(await iframe.evaluate((it: HTMLElement) => it.offsetHeight)).toBe(200);
  await eventually(() => expect(sent('Message Clicked')).toHaveLength(1));
  await page.evaluate(() => postMessage({ tenth: 'close' }, '*'));
  await frame.getByRole('button', { name: 'bye' }).click();
  await page.locator('[data-tenth-decision]').waitFor({ state: 'detached' });
  await eventually(() => expect(sent('Message Dismissed')).toHaveLength(1));
});
