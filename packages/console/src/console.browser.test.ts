import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { anEvent } from './testing/builders.ts';
import { aHold } from './testing/hold.ts';
import { type ConsoleBrowser, launchConsole } from './testing/open-console.ts';

// A real browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

let console_: ConsoleBrowser;

beforeAll(async () => {
  console_ = await launchConsole();
}, 60_000);

afterAll(() => console_.close());

const person = 'people/profileId:p0000000000000000000000001';

test('the first start sets a password, and short or differing ones are refused by field', async () => {
  const { page, stub } = await console_.open({ state: { session: 'setup' } });
  await page.getByRole('textbox', { name: '비밀번호', exact: true }).fill('short');
  await page.getByRole('button', { name: '비밀번호 설정하고 시작' }).click();
  await page.getByText('10자 이상이어야 합니다.').waitFor();
  await page.getByRole('textbox', { name: '비밀번호', exact: true }).fill('long enough 1');
  await page.getByRole('textbox', { name: '비밀번호 확인' }).fill('long enough 2');
  await page.getByRole('button', { name: '비밀번호 설정하고 시작' }).click();
  await page.getByText('두 비밀번호가 서로 다릅니다.').waitFor();
  await page.getByRole('textbox', { name: '비밀번호 확인' }).fill('long enough 1');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '개요', level: 1 }).waitFor();
  expect(stub.state.password).toBe('long enough 1');
});

test('signing in keeps the address, a wrong password is told, and signing out leads back', async () => {
  const { page, complaints } = await console_.open({
    path: 'campaigns',
    state: { session: 'signed_out' },
  });
  await page.getByRole('textbox', { name: '비밀번호' }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('비밀번호가 맞지 않습니다.').waitFor();
  await page.getByRole('textbox', { name: '비밀번호' }).fill('correct horse');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '캠페인', level: 1 }).waitFor();
  expect(await page.title()).toBe('캠페인 · Tenth');
  await page.getByRole('button', { name: '로그아웃' }).click();
  await page.getByRole('heading', { name: '로그인' }).waitFor();
  expect(complaints).toEqual([]);
});

test('the overview shows figures, a chart and channels under the strict policy', async () => {
  const { page, complaints } = await console_.open();
  await page
    .getByRole('region', { name: '주요 지표' })
    .getByText('매출', { exact: true })
    .waitFor();
  await page
    .getByRole('img', { name: /일별 추이/ })
    .locator('svg')
    .waitFor();
  await page.getByRole('row', { name: /자연 검색/ }).waitFor();
  await page.getByText('최근 7일').click();
  await page.waitForURL(/period=last7/);
  expect(complaints).toEqual([]);
});

test('who saw a message is told, not for whom one was decided', async () => {
  const { page } = await console_.open();
  const card = page.getByRole('region', { name: '메시지', exact: true });
  await card.getByText('1,104').waitFor();
  const facts = await card.getByRole('definition').allTextContents();
  expect(facts).toEqual(['7,806', '1,104', '14.1%']);
});

/** The overview, once it has figures of the last 30 days. */
async function openOverview(context: BrowserContextOptions = {}) {
  const { page } = await console_.open({ context });
  const figures = page.getByRole('region', { name: '주요 지표' });
  await figures.getByText('매출', { exact: true }).waitFor();
  return { page, figures, isBusy: () => figures.evaluate(isInBusy) };
}

function isInBusy(element: Element): boolean {
  return element.closest('[aria-busy="true"]') !== null;
}

test('figures of another period are dimmed and compared with nothing until theirs come', async () => {
  const { page, figures, isBusy } = await openOverview({ reducedMotion: 'reduce' });
  await figures.getByText('직전 기간 같은 시점 대비').first().waitFor();
  expect(await isBusy()).toBe(false);

  const held = aHold();
  await page.route(/reports\/shop/, (route) => held.after(() => route.continue()));
  await page.getByText('최근 7일').click();
  await page.waitForURL(/period=last7/);
  await expect.poll(isBusy).toBe(true);
  const style = await figures.evaluate((element) => {
    const { opacity, transitionDuration } = getComputedStyle(element);
    return { isDimmed: Number(opacity) < 1, transitionDuration };
  });
  expect(style).toEqual({ isDimmed: true, transitionDuration: '0s' });
  expect(await figures.getByText('비교하는 중…').count()).toBe(4);

  held.end();
  await figures.getByText('직전 기간 같은 시점 대비').first().waitFor();
  expect(await isBusy()).toBe(false);
});

test('a period before that does not come is told apart from one without visits', async () => {
  const { page, figures } = await openOverview();
  let isAway = true;
  await page.route(/reports\/shop/, (route) => {
    const to = new URL(route.request().url()).searchParams.get('to') ?? '';
    return isAway && Date.parse(to) < Date.now()
      ? route.fulfill({ status: 400, json: { code: 'body-invalid', status: 400, title: 'no' } })
      : route.continue();
  });
  await page.getByText('최근 7일').click();
  await page.getByRole('alert').getByText('직전 기간을 불러오지 못했습니다').waitFor();
  expect(await figures.getByText('비교하지 못함').count()).toBe(4);
  expect(await figures.getByText('직전 기간 자료 없음').count()).toBe(0);
  isAway = false;
  await page.getByRole('button', { name: '다시 시도' }).click();
  await figures.getByText('직전 기간 같은 시점 대비').first().waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('whoever comes back later compares with as much more of the period before', async () => {
  const { page, figures } = await openOverview();
  await figures.getByText('직전 기간 같은 시점 대비').first().waitFor();
  const later = Math.floor(Date.now() / 60_000 + 10) * 60_000;
  const end = new Date(later - 30 * 86_400_000).toISOString();
  const asked = page.waitForRequest(
    (request) => new URL(request.url()).searchParams.get('to') === end,
  );
  await page.clock.setFixedTime(later);
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await asked;
  await figures.getByText('직전 기간 같은 시점 대비').first().waitFor();
});

test('a finished period is compared with the whole one before', async () => {
  const { page } = await console_.open({ path: '?period=custom&from=2026-02-01&to=2026-02-07' });
  await page.getByText('직전 기간 대비', { exact: true }).first().waitFor();
});

test('the period in sight is that of the figures, wherever it was chosen', async () => {
  const { page } = await console_.open({ path: '?period=custom&from=2026-02-01&to=2026-02-07' });
  const from = page.getByLabel('시작일');
  expect(await from.inputValue()).toBe('2026-02-01');
  await page.getByRole('link', { name: '개요' }).click();
  await from.waitFor({ state: 'detached' });
  expect(await page.getByRole('radio', { name: '최근 30일' }).isChecked()).toBe(true);
  await page.goBack();
  await expect.poll(() => from.inputValue()).toBe('2026-02-01');

  // Other days are chosen; the field that was written in keeps the focus.
  await from.fill('2026-02-03');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=2026-02-03/);
  expect(await from.inputValue()).toBe('2026-02-03');
  expect(await from.evaluate((field) => field === document.activeElement)).toBe(true);
});

test('a campaign is switched on, and back when the server refuses', async () => {
  const { page, stub } = await console_.open({ path: 'campaigns' });
  const toggle = page.getByRole('switch', { name: '이탈 방지 팝업 켜기' });
  // The input lies under its drawn track, which passes the click on.
  await toggle.click({ force: true });
  await page.getByRole('status').getByText('‘이탈 방지 팝업’을 켰습니다.').waitFor();
  expect(stub.state.campaigns.find((one) => one.id === 'exit-survey')?.status).toBe('live');

  stub.state.refusals.set('setCampaignStatus', 'store-unavailable');
  await toggle.click({ force: true });
  await page.getByText(/상태를 바꾸지 못해 원래대로 되돌렸습니다/).waitFor();
  await expect.poll(() => toggle.isChecked()).toBe(true);
});

test('the report tells the verdict, the interval and the funnel', async () => {
  const { page } = await console_.open({ path: 'campaigns/first-order-coupon' });
  await page.getByText('효과가 있습니다').waitFor();
  await page.getByRole('img', { name: /95% 신뢰구간 \+1\.56%p ~ \+5\.4%p/ }).waitFor();
  const funnel = page.getByRole('region', { name: '단계별 인원' });
  expect(await funnel.getByRole('listitem').count()).toBe(6);
  await page.getByRole('tab', { name: '정의' }).click();
  await page.getByText('조건을 충족한 사람의 10%에게는 보여 주지 않음').waitFor();
});

test('a report of another period is dimmed until its own comes', async () => {
  const { page } = await console_.open({ path: 'campaigns/first-order-coupon' });
  const funnel = page.getByRole('region', { name: '단계별 인원' });
  await funnel.waitFor();
  expect(await funnel.evaluate(isInBusy)).toBe(false);
  const held = aHold();
  await page.route(/report\?/, (route) => held.after(() => route.continue()));
  await page.getByText('최근 7일').click();
  await expect.poll(() => funnel.evaluate(isInBusy)).toBe(true);
  held.end();
  await expect.poll(() => funnel.evaluate(isInBusy)).toBe(false);
});

test('a suspect split hides the lift and warns', async () => {
  const { page } = await console_.open({
    path: 'campaigns/first-order-coupon',
    state: {
      report: {
        sampleRatio: {
          expectedHoldoutShare: 0.1,
          observedHoldoutShare: 0.19,
          pValue: 0.000001,
          isSuspect: true,
        },
      },
    },
  });
  await page.getByRole('alert').getByText('결과를 믿을 수 없습니다').waitFor();
  expect(await page.getByText('상대 증가율').count()).toBe(0);
  expect(await page.getByRole('img', { name: /신뢰구간/ }).count()).toBe(0);
});

test('why a person did not see a campaign is told in words, moment by moment', async () => {
  const { page } = await console_.open({ path: person });
  await page.getByRole('tab', { name: '노출 이유' }).click();
  await page.getByRole('combobox', { name: '캠페인' }).click();
  await page.getByRole('option', { name: '첫 구매 쿠폰' }).click();
  await page.getByText('이 캠페인은 한 번의 방문에 1번까지인데, 이미 1번을 채웠습니다.').waitFor();
  await page.getByText(/실제로는 직접 방문이었습니다/).waitFor();
  await page.getByText('조건별로 자세히').nth(1).click();
  const details = page.locator('details[open]');
  await details
    .getByText('“유입 채널이 자연 검색 또는 포털 첫 화면”이어야 합니다. 그때는 직접 방문.')
    .waitFor();
  const lines = await details.getByRole('img').all();
  expect(await Promise.all(lines.map((line) => line.getAttribute('aria-label')))).toEqual([
    '충족',
    '미충족',
    '미충족',
  ]);
});

test('a merge is undone only after it is confirmed', async () => {
  const { page, stub } = await console_.open({ path: `${person}?tab=merges` });
  await page.getByRole('button', { name: /^되돌리기/ }).click();
  const dialog = page.getByRole('dialog', { name: '병합을 되돌릴까요?' });
  await dialog.getByRole('button', { name: '취소' }).last().click();
  expect(stub.state.merges[0]?.undoneAt).toBeNull();
  await page.getByRole('button', { name: /^되돌리기/ }).click();
  await dialog.getByRole('button', { name: '병합 되돌리기' }).click();
  await page.getByText('병합을 되돌렸습니다.').waitFor();
  expect(stub.state.merges[0]?.undoneAt).not.toBeNull();
});

test('people are searched, and the next page follows the first', async () => {
  const { page } = await console_.open({ path: 'people' });
  await page.getByRole('button', { name: '더 보기' }).click();
  await page.getByRole('link', { name: '박지호' }).waitFor();
  await page.getByRole('searchbox', { name: '고객 찾기' }).fill('minji');
  await page.waitForURL(/search=minji/);
  await expect.poll(() => page.getByRole('link', { name: '박지호' }).count()).toBe(0);
  await page.getByRole('link', { name: '고객', exact: true }).click();
  await expect.poll(() => page.getByRole('searchbox', { name: '고객 찾기' }).inputValue()).toBe('');
  await page.waitForURL(/people$/);
});

test('live events arrive, wait while paused, and go on after the connection was cut', async () => {
  const { page, stub } = await console_.open({ path: 'live' });
  await page.getByText('실시간 연결됨').waitFor();
  stub.emit(anEvent({ messageId: 'n1', name: 'Checkout Started' }));
  await page.getByText('Checkout Started').waitFor();
  await page.getByRole('button', { name: '일시 정지' }).click();
  stub.emit(anEvent({ messageId: 'n2', name: 'Coupon Applied' }));
  await page.getByRole('button', { name: '새 이벤트 1건 보기' }).click();
  await page.getByText('Coupon Applied').waitFor();
  stub.cutStreams();
  await page.getByText('연결이 끊겨 다시 연결하는 중').waitFor();
  await page.getByText('실시간 연결됨').waitFor();
  await page.getByRole('searchbox', { name: '이벤트 이름으로 거르기' }).fill('coupon');
  expect(await page.getByRole('list', { name: '이벤트 목록' }).getByRole('listitem').count()).toBe(
    1,
  );
});

test('a key shows its secret once, and is revoked after a question', async () => {
  const { page, stub } = await console_.open({ path: 'settings?tab=keys' });
  await page.getByRole('button', { name: '키 만들기' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '만들기', exact: true }).click();
  await dialog.getByText('이름을 입력하세요.').waitFor();
  await dialog.getByRole('textbox', { name: '이름' }).fill('새 사이트');
  await dialog.getByRole('button', { name: '만들기', exact: true }).click();
  await dialog.getByText('wk_77aa-not-a-real-secret').waitFor();
  await dialog.getByRole('button', { name: '닫기' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await page.getByText('wk_77aa-not-a-real-secret').count()).toBe(0);
  await page.getByRole('button', { name: 'CRM 연동 재발급' }).click();
  await dialog.getByRole('button', { name: '재발급' }).click();
  await dialog.getByText('wk_88bb-not-a-real-secret').waitFor();
  await dialog.getByRole('button', { name: '닫기' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'CRM 연동 폐기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '폐기', exact: true }).click();
  await page.getByText('키를 폐기했습니다.').waitFor();
  expect(stub.state.keys.map((key) => key.id)).toEqual(['k1', 'k3']);
});

test('a developer is offered keys that do no more than a developer may', async () => {
  const { page } = await console_.open({
    path: 'settings?tab=keys',
    state: { role: 'developer' },
  });
  await page.getByRole('button', { name: '자사몰 웹사이트 재발급' }).waitFor();
  // It writes, too.
  expect(await page.getByRole('button', { name: 'CRM 연동 재발급' }).count()).toBe(0);
  await page.getByRole('button', { name: '키 만들기' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('API 키', { exact: true }).click();
  await dialog.getByRole('checkbox', { name: '읽기' }).waitFor();
  expect(await dialog.getByRole('checkbox').count()).toBe(3);
  expect(await dialog.getByRole('checkbox', { name: '쓰기' }).count()).toBe(0);
});

test('the language is switched, kept, and told to the browser', async () => {
  const { page } = await console_.open({ path: 'campaigns' });
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.reload();
  await page.getByRole('link', { name: 'First order coupon' }).waitFor();
});

test('an English browser starts in English', async () => {
  const { page } = await console_.open({ context: { locale: 'en-GB' } });
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
});

test('on a phone the navigation is behind a button, and no page is wider than the screen', async () => {
  const { page } = await console_.open({ context: { viewport: { width: 390, height: 844 } } });
  await page.getByRole('button', { name: '메뉴 열기' }).click();
  await page.getByRole('dialog').getByRole('link', { name: '캠페인' }).click();
  await page.getByRole('heading', { name: '캠페인', level: 1 }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  for (const path of [
    '',
    'campaigns',
    'campaigns/first-order-coupon',
    person,
    'settings?tab=keys',
  ]) {
    await page.goto(new URL(path, page.url().replace(/console\/.*$/, 'console/')).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess, path).toBeLessThanOrEqual(0);
  }
});

test('by keyboard alone: skip link, navigation, focus on the new heading, a switch', async () => {
  const { page, stub } = await console_.open();
  await page.getByRole('heading', { name: '개요', level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('본문으로 건너뛰기');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');

  await page.getByRole('link', { name: '캠페인' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '캠페인', level: 1 }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('캠페인');

  await page.getByRole('switch', { name: '첫 구매 쿠폰 켜기' }).focus();
  await page.keyboard.press('Space');
  await page.getByText('‘첫 구매 쿠폰’을 껐습니다.').waitFor();
  expect(stub.state.campaigns[0]?.status).toBe('paused');
});

test('a failure says what happened and can be tried again', async () => {
  const { page, stub } = await console_.open({ path: 'settings?tab=keys' });
  await page.getByRole('row', { name: /CRM 연동/ }).waitFor();
  stub.state.refusals.set('listSegments', 'scope-missing');
  await page.getByRole('link', { name: '세그먼트' }).click();
  await page.getByRole('alert').getByText('볼 수 있는 권한이 없습니다').waitFor();
  stub.state.refusals.set('listSegments', 'definition-invalid');
  await page.reload();
  await page.getByText('요청 번호 stub-1').waitFor();
  stub.state.refusals.clear();
  await page.getByRole('button', { name: '다시 시도' }).click();
  await page.getByRole('row', { name: /^장바구니 이탈 고객/ }).waitFor();
});

test('somebody is invited by a link that is shown once, and the last owner stays one', async () => {
  const { page, stub } = await console_.open({ path: 'settings?tab=users' });
  await page.getByRole('button', { name: '초대하기' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '이메일' }).fill('new@shop.example');
  await dialog.getByRole('button', { name: '초대하기' }).click();
  await dialog.getByText(/\/console\/#invitation=new-token$/).waitFor();
  await dialog.getByRole('button', { name: '닫기' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('row', { name: /new@shop\.example.*초대됨/ }).waitFor();

  await page.getByRole('combobox', { name: 'owner@shop.example 역할' }).click();
  await page.getByRole('option', { name: '분석가' }).click();
  await page.getByText(/마지막 소유자는 바꾸거나 삭제할 수 없습니다/).waitFor();

  await page.getByRole('button', { name: 'minji@shop.example 삭제' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '삭제', exact: true }).click();
  await page.getByText('사용자를 삭제했습니다.').waitFor();
  expect(stub.state.users.map(({ id }) => id)).toEqual(['u1', 'u9']);
});

test('how long things are kept is set, and what that deletes is told first', async () => {
  const { page, stub, complaints } = await console_.open({ path: 'settings' });
  const events = page.getByRole('textbox', { name: '이벤트 보관 기간 (개월)' });
  const save = page.getByRole('button', { name: '보관 기간 저장' });
  const kept = () => {
    const { eventMonths, inactiveMonths } = stub.state.settings.privacy;
    return { eventMonths, inactiveMonths };
  };
  await events.fill('0');
  await save.click();
  await page.getByText('1에서 120 사이의 개월 수를 넣거나 비워 두세요.').waitFor();

  // Somebody else changes the settings meanwhile.
  stub.state.settings = { ...stub.state.settings, name: '새 이름' };
  await events.fill('12');
  await page.getByRole('textbox', { name: '방문하지 않은 사람의 보관 기간 (개월)' }).fill('24');
  await save.click();
  const dialog = page.getByRole('dialog', { name: '기록이 삭제됩니다' });
  await dialog
    .getByText(/이전의 이벤트와 결정 기록이 모두 삭제됩니다.*되돌릴 수 없습니다/)
    .waitFor();
  await dialog.getByRole('button', { name: '취소' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  expect(kept()).toEqual({ eventMonths: null, inactiveMonths: null });

  await save.click();
  await dialog.getByRole('button', { name: '삭제하고 저장' }).click();
  await page.getByText('보관 기간을 저장했습니다.').waitFor();
  expect(kept()).toEqual({ eventMonths: 12, inactiveMonths: 24 });
  expect(stub.state.settings.name).toBe('새 이름');

  // Keeping more deletes nothing, so nothing is asked.
  await events.fill('');
  await save.click();
  await vi.waitFor(() => expect(kept()).toEqual({ eventMonths: null, inactiveMonths: 24 }));
  expect(await dialog.count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('who may not change settings sees how long things are kept, and no field', async () => {
  const { page, stub } = await console_.open({ path: 'settings', state: { role: 'analyst' } });
  stub.state.settings = {
    ...stub.state.settings,
    privacy: { ...stub.state.settings.privacy, eventMonths: 13 },
  };
  await page.reload();
  const card = page.getByRole('region', { name: '보관 기간' });
  await card.getByText('13개월').waitFor();
  await card.getByText('계속 보관', { exact: true }).waitFor();
  expect(await card.getByRole('textbox').count()).toBe(0);
});

test('how long things are kept is told in English, too', async () => {
  const { page } = await console_.open({ path: 'settings', context: { locale: 'en-GB' } });
  await page.getByRole('textbox', { name: 'Keep events for (months)' }).fill('6');
  await page.getByRole('button', { name: 'Save how long things are kept' }).click();
  await page
    .getByRole('dialog')
    .getByText(/All events and decisions from before .* cannot be undone/)
    .waitFor();
});

test('a one-time link asks for a password and signs in', async () => {
  const { page } = await console_.open({
    path: '#invitation=a-token-that-works-once',
    state: { session: 'signed_out' },
  });
  await page.getByRole('heading', { name: '초대 수락' }).waitFor();
  await page.getByLabel('비밀번호', { exact: true }).fill('고양이가 열 마리 있다');
  await page.getByLabel('비밀번호 확인').fill('고양이가 열 마리 있다');
  await page.getByRole('button', { name: '비밀번호 설정하고 로그인' }).click();
  await page.getByRole('heading', { name: '개요', level: 1 }).waitFor();
  expect(page.url()).not.toContain('invitation');
});

test('an authenticator app is set up by a code of it, and the recovery codes are shown', async () => {
  const { page, stub } = await console_.open({ path: 'settings?tab=account' });
  await page.getByRole('button', { name: '설정하기' }).click();
  await page.getByRole('img', { name: /앱으로 스캔하거나/ }).waitFor();
  await page.getByRole('textbox', { name: '인증 코드' }).fill('000000');
  await page.getByRole('button', { name: '확인', exact: true }).click();
  await page.getByText('코드가 맞지 않습니다.').waitFor();

  // The card turns to "on" while the list of sessions is still under way.
  const held = aHold();
  await page.route(/api\/v1\/sessions/, (route) => held.after(() => route.continue()));
  await page.getByRole('textbox', { name: '인증 코드' }).fill('123456');
  await page.getByRole('button', { name: '확인', exact: true }).click();
  const codes = page.getByRole('list', { name: '복구 코드' });
  await codes.getByText('aaaaa-bbbbb-ccccc-ddddd').waitFor();
  await page.getByText('로그인할 때마다 코드를 확인합니다.').waitFor();
  const listed = page.waitForResponse(/api\/v1\/sessions/);
  held.end();
  await listed;
  await codes.getByText('aaaaa-bbbbb-ccccc-ddddd').waitFor();

  // Codes of an app that is off again open nothing.
  await page.getByLabel('현재 비밀번호').last().fill('correct horse');
  await page.getByRole('button', { name: '끄기' }).click();
  await page.getByRole('status').getByText('이제 코드를 묻지 않습니다.').waitFor();
  await page.getByRole('button', { name: '설정하기' }).waitFor();
  expect(await codes.count()).toBe(0);
  expect(stub.state.hasTotp).toBe(false);
});

test('a sign-in with the company account that failed is told, and can be tried again', async () => {
  const { page } = await console_.open({
    path: '#sign-in-failed=user-unknown',
    state: { session: 'signed_out' },
  });
  await page.getByText('이 이메일의 사용자가 없습니다. 소유자에게 초대를 요청하세요.').waitFor();
  const link = page.getByRole('link', { name: '회사 계정으로 로그인' });
  expect(await link.getAttribute('href')).toBe('/api/v1/session/oidc');
});
