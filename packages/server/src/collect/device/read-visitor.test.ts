import { describe, expect, test } from 'vitest';
import { aRequest, aTrack, collectOne, DESKTOP_CHROME } from '../testing/collect-one.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const GALAXY =
  'Mozilla/5.0 (Linux; Android 14; SM-S928N Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';

const seenBy = (userAgent: string, clientHints: object = {}) =>
  collectOne(aTrack(), { request: aRequest({ userAgent, clientHints }) });

describe('browsers', () => {
  test.each([
    [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 'phone', 'iOS', 'Safari'],
    [`${IPHONE} CriOS/124.0.6367.88 Mobile/15E148 Safari/604.1`, 'phone', 'iOS', 'Chrome'],
    [`${IPHONE} FxiOS/125.0 Mobile/15E148 Safari/605.1.15`, 'phone', 'iOS', 'Firefox'],
    [
      `${IPHONE} Version/17.0 EdgiOS/124.0.2478.50 Mobile/15E148 Safari/604.1`,
      'phone',
      'iOS',
      'Edge',
    ],
    [`${IPHONE} GSA/315.0.630 Mobile/15E148 Safari/604.1`, 'phone', 'iOS', 'Google app'],
    [`${IPHONE} Mobile/15E148`, 'phone', 'iOS', 'iOS WebView'],
    [
      'Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1',
      'tablet',
      'iPadOS',
      'Safari',
    ],
    [`${MAC} CriOS/124.0.6367.88 Mobile/15E148 Safari/604.1`, 'tablet', 'iPadOS', 'Chrome'],
    [`${MAC} Version/17.5 Safari/605.1.15`, 'desktop', 'macOS', 'Safari'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:125.0) Gecko/20100101 Firefox/125.0',
      'desktop',
      'macOS',
      'Firefox',
    ],
    [`${WINDOWS} Chrome/124.0.0.0 Safari/537.36`, 'desktop', 'Windows', 'Chrome'],
    [`${WINDOWS} Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0`, 'desktop', 'Windows', 'Edge'],
    [`${WINDOWS} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763`, 'desktop', 'Windows', 'Edge'],
    [`${WINDOWS} Chrome/122.0.0.0 Whale/3.25.232.19 Safari/537.36`, 'desktop', 'Windows', 'Whale'],
    [`${WINDOWS} Chrome/124.0.0.0 Safari/537.36 OPR/110.0.0.0`, 'desktop', 'Windows', 'Opera'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:125.0) Gecko/20100101 Firefox/125.0',
      'desktop',
      'Windows',
      'Firefox',
    ],
    [
      'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
      'desktop',
      'Windows',
      'Internet Explorer',
    ],
    [`${ANDROID} Chrome/124.0.0.0 Mobile Safari/537.36`, 'phone', 'Android', 'Chrome'],
    [`${ANDROID} Chrome/124.0.0.0 Safari/537.36`, 'tablet', 'Android', 'Chrome'],
    [
      `${ANDROID} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
      'phone',
      'Android',
      'Samsung Internet',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
      'tablet',
      'Android',
      'Samsung Internet',
    ],
    [
      `${ANDROID} Chrome/122.0.0.0 Whale/1.0.0.0 Crosswalk/28 Mobile Safari/537.36`,
      'phone',
      'Android',
      'Whale',
    ],
    [
      'Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0',
      'phone',
      'Android',
      'Firefox',
    ],
    [
      'Mozilla/5.0 (Android 14; Tablet; rv:125.0) Gecko/125.0 Firefox/125.0',
      'tablet',
      'Android',
      'Firefox',
    ],
    [GALAXY, 'phone', 'Android', 'Android WebView'],
    [
      'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
      'desktop',
      'Chrome OS',
      'Chrome',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
      'desktop',
      'Linux',
      'Chrome',
    ],
    [
      'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 WebAppManager',
      'tv',
      'webOS',
      'Chrome',
    ],
    [
      'Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36',
      'tv',
      'Tizen',
      '',
    ],
  ])('%s', (userAgent, type, os, browser) => {
    expect(seenBy(userAgent)).toMatchObject({ device: { type, os, browser }, isBot: false });
  });

  test.each([
    [`${GALAXY};KAKAOTALK 2410420`, 'KakaoTalk in-app'],
    [`${IPHONE} Mobile/15E148 KAKAOTALK 10.6.5`, 'KakaoTalk in-app'],
    [`${GALAXY} NAVER(inapp; search; 1200; 12.5.1)`, 'Naver in-app'],
    [`${IPHONE} Mobile/15E148 NAVER(inapp; search; 2000; 12.5.2; 15PRO)`, 'Naver in-app'],
    [
      `${IPHONE} Mobile/15E148 Instagram 330.0.3.29.109 (iPhone15,3; iOS 17_5; ko_KR; ko; FBAN)`,
      'Instagram in-app',
    ],
    [
      `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/462.0.0.44.103;FBBV/595;FBDV/iPhone15,3]`,
      'Facebook in-app',
    ],
    [`${GALAXY} [FB_IAB/FB4A;FBAV/462.0.0.47.85;]`, 'Facebook in-app'],
    [`${IPHONE} Mobile/15E148 Safari Line/14.6.1`, 'Line in-app'],
    [`${GALAXY} Line/14.6.1/IAB`, 'Line in-app'],
    [`${GALAXY} DaumApps/8.4.1 DaumDevice/mobile`, 'Daum in-app'],
    [`${GALAXY} BAND/17.2.1`, 'Band in-app'],
  ])('%s names its app', (userAgent, browser) => {
    expect(seenBy(userAgent)).toMatchObject({ device: { type: 'phone', browser }, isBot: false });
  });

  test('client hints tell apart what the user agent hides', () => {
    const chrome = `${WINDOWS} Chrome/124.0.0.0 Safari/537.36`;
    const brave = { 'sec-ch-ua': '"Chromium";v="124", "Brave";v="124", "Not-A.Brand";v="99"' };
    expect(seenBy(chrome, brave).device.browser).toBe('Brave');
    const desktopSite =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/124.0.0.0 Safari/537.36';
    const hints = { 'sec-ch-ua-platform': '"Android"', 'sec-ch-ua-mobile': '?1' };
    expect(seenBy(desktopSite, hints).device).toMatchObject({ type: 'phone', os: 'Android' });
    const brands = [{ brand: 'Brave', version: '124' }];
    const context = { userAgentData: { brands, mobile: false, platform: 'Windows' } };
    expect(collectOne(aTrack({ context })).device.browser).toBe('Brave');
  });

  test('an iPad that asks for desktop sites is a tablet once its page says so', () => {
    const context = {
      userAgent: `${MAC} Version/17.5 Safari/605.1.15`,
      device: { type: 'tablet' },
    };
    expect(collectOne(aTrack({ context })).device.type).toBe('tablet');
  });
});

describe('bots', () => {
  test.each([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
    ['Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)'],
    ['Mozilla/5.0 (compatible; Daumoa/4.0; +http://cs.daum.net/faq/15/4118.html)'],
    ['Mozilla/5.0 (compatible; cowbot/1.0; +http://www.naver.com)'],
    ['facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984'],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    ],
    ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36',
    ],
  ])('%s is one', (userAgent) => {
    expect(seenBy(userAgent).isBot).toBe(true);
    expect(collectOne(aTrack({ context: { userAgent } })).isBot).toBe(true);
  });
});

describe('server-side senders', () => {
  test.each([
    ...[
      'curl/8.6.0',
      'node',
      'undici',
      'node-fetch/1.0',
      'axios/1.6.8',
      'got (https://github.com)',
    ],
    ...['python-requests/2.31.0', 'Python-urllib/3.12', 'python-httpx/0.27', 'aiohttp/3.9'],
    ...['Go-http-client/2.0', 'okhttp/4.12.0', 'Java/17.0.2', 'Apache-HttpClient/4.5.14 (Java/17)'],
    ...[
      'analytics-node/2.1.3',
      'analytics-python/2.2',
      'analytics-ruby/2.4',
      'rudder-sdk-node/2.0',
    ],
    ...['PostmanRuntime/7.37', 'GuzzleHttp/7', 'Ruby', 'Faraday v2.9.0', 'Dart/3.3 (dart:io)'],
  ])('%j is no bot and no device', (userAgent) => {
    const nobody = { isBot: false, device: { type: 'other', os: '', browser: '' } };
    expect(seenBy(userAgent)).toMatchObject(nobody);
    expect(collectOne(aTrack({ context: { userAgent } }))).toMatchObject(nobody);
  });

  test('without a user agent are nobody too', () => {
    expect(seenBy('')).toMatchObject({ isBot: false, device: { type: 'other', os: '' } });
  });

  test('speak for a visitor by context.userAgent', () => {
    const request = aRequest({ userAgent: 'analytics-node/2.1.3' });
    const visitor = { userAgent: `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1` };
    const { device, isBot } = collectOne(aTrack({ context: visitor }), { request });
    expect({ device, isBot }).toEqual({
      device: { type: 'phone', os: 'iOS', browser: 'Safari' },
      isBot: false,
    });
    const crawled = collectOne(aTrack({ context: { userAgent: 'Googlebot/2.1' } }), { request });
    expect(crawled.isBot).toBe(true);
  });

  test('of apps name the system in the context', () => {
    const request = aRequest({ userAgent: 'okhttp/4.12.0' });
    const context = { device: { type: 'android' }, os: { name: 'Android', version: '14' } };
    expect(collectOne(aTrack({ context }), { request }).device).toEqual({
      type: 'phone',
      os: 'Android',
      browser: '',
    });
  });

  test('the request of a browser counts where the context is silent', () => {
    expect(seenBy(DESKTOP_CHROME).device.browser).toBe('Chrome');
  });
});

test('a user agent of a megabyte is cut, not searched', () => {
  const startMs = performance.now();
  const userAgent = `Mozilla/5.0 ${'(Linux; Android '.repeat(2_000)}`;
  expect(collectOne(aTrack({ context: { userAgent: userAgent.slice(0, 30_000) } })).isBot).toBe(
    false,
  );
  expect(seenBy(userAgent.repeat(40)).device.os).toBe('Android');
  expect(performance.now() - startMs).toBeLessThan(100);
});
