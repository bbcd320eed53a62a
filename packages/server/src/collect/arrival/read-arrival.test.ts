import { privacySettings } from '@tenth/model/privacy-settings.ts';
import { describe, expect, test } from 'vitest';
import { compileCollectSettings } from '../settings.ts';
import { aRequest, collectOne } from '../testing/collect-one.ts';
import { groupChannel } from './group-channel.ts';

const SHOP = 'https://www.shop.kr/';

/** A page view of the shop. */
function aPage(url: string, referrer: string, context: object = {}): object {
  return { type: 'page', anonymousId: 'a-1', context: { page: { url, referrer }, ...context } };
}

const cameFrom = (referrer: string) => collectOne(aPage(SHOP, referrer)).arrival;
const landedOn = (query: string, referrer = '') =>
  collectOne(aPage(`${SHOP}?${query}`, referrer)).arrival;

describe('a referrer', () => {
  test.each([
    [
      'https://search.naver.com/search.naver?query=%ED%85%90%ED%8A%B8',
      'organic_search',
      'naver',
      '텐트',
    ],
    [
      'https://m.search.naver.com/search.naver?where=m&query=tent+4',
      'organic_search',
      'naver',
      'tent 4',
    ],
    ['https://search.naver.com/', 'organic_search', 'naver', ''],
    ['https://www.google.com/', 'organic_search', 'google', ''],
    [
      'https://www.google.co.kr/search?q=camping%20tent',
      'organic_search',
      'google',
      'camping tent',
    ],
    ['https://www.google.com.au/', 'organic_search', 'google', ''],
    ['https://search.daum.net/search?w=tot&q=%ED%85%90%ED%8A%B8', 'organic_search', 'daum', '텐트'],
    ['https://search.zum.com/search.zum?query=tent', 'organic_search', 'zum', 'tent'],
    ['https://search.nate.com/search/all.html?q=%C5%D9%C6%AE', 'organic_search', 'nate', '텐트'],
    ['https://www.bing.com/search?q=tent', 'organic_search', 'bing', 'tent'],
    ['https://kr.bing.com/search?q=tent', 'organic_search', 'bing', 'tent'],
    ['https://duckduckgo.com/', 'organic_search', 'duckduckgo', ''],
    ['https://www.baidu.com/s?wd=tent', 'organic_search', 'baidu', 'tent'],
    ['https://kr.search.yahoo.com/search?p=tent', 'organic_search', 'yahoo', 'tent'],
    ['android-app://com.google.android.googlequicksearchbox/', 'organic_search', 'google', ''],
    ['https://www.naver.com/', 'portal', 'naver', ''],
    ['https://m.naver.com/', 'portal', 'naver', ''],
    ['https://www.daum.net/', 'portal', 'daum', ''],
    ['https://m.daum.net/?nil_top=mobile', 'portal', 'daum', ''],
    ['https://www.nate.com', 'portal', 'nate', ''],
    ['https://zum.com/', 'portal', 'zum', ''],
    [
      'https://search.shopping.naver.com/search/all?query=tent',
      'organic_shopping',
      'naver_shopping',
      'tent',
    ],
    ['https://www.coupang.com/np/search?q=tent', 'organic_shopping', 'coupang', 'tent'],
    ['https://search.11st.co.kr/Search.tmall?kwd=tent', 'organic_shopping', '11st', 'tent'],
    ['https://browse.gmarket.co.kr/search?keyword=tent', 'organic_shopping', 'gmarket', 'tent'],
    ['https://prod.danawa.com/info/?pcode=1', 'organic_shopping', 'danawa', ''],
    ['https://l.facebook.com/', 'organic_social', 'facebook', ''],
    ['https://l.instagram.com/?u=x', 'organic_social', 'instagram', ''],
    ['https://t.co/abc', 'organic_social', 'twitter', ''],
    ['https://pf.kakao.com/_abc', 'organic_social', 'kakaotalk', ''],
    ['https://m.blog.naver.com/someone/1', 'organic_social', 'naver_blog', ''],
    ['https://cafe.naver.com/camping', 'organic_social', 'naver_cafe', ''],
    ['https://www.youtube.com/watch?v=1', 'organic_video', 'youtube', ''],
    ['https://tv.naver.com/v/1', 'organic_video', 'naver_tv', ''],
    ['https://mail.naver.com/v2/read/0/1', 'email', 'naver_mail', ''],
    ['https://mail.google.com/', 'email', 'gmail', ''],
    ['https://webmail.company.co.kr/inbox', 'email', 'webmail.company.co.kr', ''],
    ['https://chatgpt.com/', 'ai_assistant', 'chatgpt', ''],
    ['https://www.perplexity.ai/search/x', 'ai_assistant', 'perplexity', ''],
    ['https://claude.ai/', 'ai_assistant', 'claude', ''],
    ['https://gemini.google.com/', 'ai_assistant', 'gemini', ''],
    ['https://adcr.naver.com/adcr?x=1', 'paid_search', 'naver', ''],
    ['https://www.magazine.kr/review', 'referral', 'magazine.kr', ''],
    ['https://docs.google.com/document/d/1', 'referral', 'docs.google.com', ''],
  ])('%s is %s from %s, keyword "%s"', (referrer, channel, source, keyword) => {
    expect(cameFrom(referrer)).toMatchObject({ channel, source, keyword, by: 'referrer' });
  });

  test('is told by its host', () => {
    expect(cameFrom('https://User:pw@Search.Naver.com:443/?query=x').referrerHost).toBe(
      'search.naver.com',
    );
  });

  const staying = { channel: 'direct', source: '', medium: '', by: 'nothing', clickIds: {} };

  test.each([
    ['', ''],
    [SHOP, `${SHOP}cart`],
    ['https://m.shop.kr/', SHOP],
    ['https://shop.kr/', 'https://m.shop.kr/'],
    ['https://member.shop.kr/login', SHOP],
    ['http://localhost:4001/', 'http://localhost:4001/cart'],
    ['https://pg.kcp.co.kr/pay', SHOP],
    ['https://mobile.inicis.com/', SHOP],
    ['https://payment-gateway.tosspayments.com/', SHOP],
    ['https://pay.naver.com/', SHOP],
    ['https://nid.naver.com/oauth', SHOP],
    ['https://accounts.kakao.com/login', SHOP],
    ['https://online-pay.kakao.com/v1/abc/info', SHOP],
    ['https://pay.amazon.com/checkout', SHOP],
    ['https://checkout.stripe.com/c', SHOP],
    ['about:blank', SHOP],
    ['not a url', SHOP],
    ['http://', SHOP],
    ['javascript:alert(1)', SHOP],
  ])('from %j to %j goes on with the visit', (referrer, url) => {
    expect(collectOne(aPage(url, referrer)).arrival).toMatchObject(staying);
  });

  test.each([
    ['http://localhost:4002/', 'http://localhost:4001/'],
    ['https://search.naver.com/', 'https://brand.naver.com/tent'],
    ['https://www.naver.com/', 'https://smartstore.naver.com/tent'],
  ])('from %s to %s is an arrival', (referrer, url) => {
    expect(collectOne(aPage(url, referrer)).arrival.by).toBe('referrer');
  });

  test.each([
    [
      'properties',
      { type: 'page', userId: 'u', properties: { url: SHOP, referrer: 'https://zum.com/' } },
    ],
    ['context.page', aPage(SHOP, 'https://zum.com/')],
    [
      'context.referrer',
      { ...aPage(SHOP, ''), context: { referrer: { url: 'https://zum.com/' } } },
    ],
  ])('may stand in %s', (_, message) => {
    expect(collectOne(message).arrival).toMatchObject({ source: 'zum', by: 'referrer' });
  });

  test('in the properties of a single-page shop outranks that of the document', () => {
    const message = { ...aPage(SHOP, 'https://zum.com/'), properties: { referrer: `${SHOP}list` } };
    expect(collectOne(message).arrival).toMatchObject(staying);
  });

  test('of an event without a page is held against the host of the request', () => {
    const message = {
      type: 'track',
      event: 'E',
      userId: 'u',
      context: { referrer: { url: SHOP } },
    };
    const request = aRequest({ origin: 'https://www.shop.kr' });
    expect(collectOne(message, { request }).arrival.by).toBe('nothing');
    expect(collectOne(message).arrival.by).toBe('referrer');
  });

  test('that hides behind an app is told by the app', () => {
    const kakao = `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 KAKAOTALK 10.6.5`;
    const request = aRequest({ userAgent: kakao });
    expect(collectOne(aPage(SHOP, ''), { request }).arrival).toMatchObject({
      channel: 'organic_social',
      source: 'kakaotalk',
      by: 'app',
    });
    expect(collectOne(aPage(SHOP, `${SHOP}list`), { request }).arrival).toMatchObject(staying);
  });
});

describe("a workspace's own rules", () => {
  const settings = compileCollectSettings({
    identity: 'unsigned',
    privacy: privacySettings.parse({}),
    internalHosts: ['Stay.example.com'],
    referrerRules: [
      { host: 'search.naver.com', channel: 'referral', source: 'partner', keywordParam: 'query' },
      { host: 'localhost:5001', channel: 'organic_search', source: 'naver', keywordParam: 'q' },
      { host: 'localhost:5001', channel: 'email', source: 'second' },
      { host: 'ignored.kr', channel: 'direct', source: 'x' },
    ],
  });
  const arrive = (referrer: string, url = SHOP) =>
    collectOne(aPage(url, referrer), { settings }).arrival;

  test('outrank the lists, sub-domains and ports counted, the first of a host first', () => {
    expect(arrive('https://m.search.naver.com/?query=a')).toMatchObject({
      channel: 'referral',
      source: 'partner',
      keyword: 'a',
    });
    expect(arrive('http://localhost:5001/?q=b')).toMatchObject({
      channel: 'organic_search',
      source: 'naver',
      medium: 'organic',
      keyword: 'b',
      referrerHost: 'localhost:5001',
    });
    expect(arrive('http://localhost:5002/').source).toBe('localhost:5002');
  });

  test('"direct" and internal hosts start no visit', () => {
    expect(arrive('https://www.ignored.kr/').by).toBe('nothing');
    expect(arrive('https://a.stay.example.com/').by).toBe('nothing');
  });

  test('yield to what the address of the page says', () => {
    expect(
      arrive('http://localhost:5001/?q=b', `${SHOP}?utm_source=google&utm_medium=cpc`),
    ).toMatchObject({
      channel: 'paid_search',
      source: 'google',
      keyword: 'b',
    });
  });
});

describe('what the address says', () => {
  test.each([
    ['utm_source=Naver&utm_medium=CPC&utm_term=tent', 'paid_search', 'naver', 'cpc', 'tent'],
    ['utm_source=chatgpt.com', 'ai_assistant', 'chatgpt.com', '', ''],
    ['utm_source=kakao&utm_medium=friendtalk', 'organic_social', 'kakao', 'friendtalk', ''],
    ['utm_source=newsletter&utm_medium=email', 'email', 'newsletter', 'email', ''],
    ['utm_source=letter', 'referral', 'letter', '', ''],
    [
      'nt_source=kakao&nt_medium=social&nt_keyword=tent',
      'organic_social',
      'kakao',
      'social',
      'tent',
    ],
    ['gclid=Cj0', 'paid_search', 'google', 'cpc', ''],
    ['gbraid=0', 'paid_search', 'google', 'cpc', ''],
    ['wbraid=0', 'paid_search', 'google', 'cpc', ''],
    ['gad_source=1', 'paid_search', 'google', 'cpc', ''],
    ['dclid=1', 'display', 'google', 'display', ''],
    ['msclkid=1', 'paid_search', 'bing', 'cpc', ''],
    ['fbclid=1', 'organic_social', 'facebook', 'social', ''],
    [
      'fbclid=1&utm_source=facebook&utm_medium=paid_social',
      'paid_social',
      'facebook',
      'paid_social',
      '',
    ],
    ['ttclid=1', 'paid_social', 'tiktok', 'cpc', ''],
    ['twclid=1', 'paid_social', 'twitter', 'cpc', ''],
    ['n_media=27758&n_query=a&n_keyword=b&n_keyword_id=k', 'paid_search', 'naver', 'cpc', 'b'],
    ['n_media=27758&n_query=%ED%85%90%ED%8A%B8', 'paid_search', 'naver', 'cpc', '텐트'],
    ['n_campaign_type=2&n_media=1', 'paid_shopping', 'naver', 'cpc', ''],
    ['n_mall_pid=7', 'paid_shopping', 'naver', 'cpc', ''],
    ['NaPm=ct%3Dabc%7Cci%3D1%7Ctr%3Dsa%7Cet%3D2%7Cba%3D1.0', 'paid_search', 'naver', 'cpc', ''],
    ['NaPm=ci%3D1%7Ctr%3Dgfa', 'display', 'naver', 'display', ''],
    ['k_clid=1', 'paid_social', 'kakao', 'cpc', ''],
    ['k_keyword=tent&k_keyword_id=1', 'paid_search', 'kakao', 'cpc', 'tent'],
  ])('%s: %s from %s / %s', (query, channel, source, medium, keyword) => {
    expect(landedOn(query)).toMatchObject({ channel, source, medium, keyword, by: 'address' });
  });

  test('keeps each click id whole, and nothing else', () => {
    const { clickIds } = landedOn('gclid=A%2BB&n_rank=3&n_x=&color=red&__proto__=1&GCLID=2&=3');
    expect(clickIds).toEqual({ gclid: 'A+B', n_rank: '3' });
  });

  test('of a free link yields to the referrer, which knows better', () => {
    expect(landedOn('fbclid=1', 'https://l.instagram.com/').source).toBe('instagram');
    expect(landedOn('gclid=1', 'https://l.instagram.com/').source).toBe('google');
  });

  test('counts even where the referrer is the shop', () => {
    expect(landedOn('utm_source=banner&utm_medium=display', SHOP)).toMatchObject({
      channel: 'display',
      by: 'address',
    });
  });

  test('yields to context.campaign', () => {
    const campaign = {
      source: 'Kakao',
      medium: 'cpc',
      name: 'Spring',
      content: 'b',
      term: 't',
      x: 1,
    };
    const { arrival } = collectOne(aPage(`${SHOP}?utm_source=x&utm_id=1`, '', { campaign }));
    expect(arrival).toMatchObject({
      channel: 'paid_social',
      source: 'kakao',
      campaign: 'Spring',
      content: 'b',
      keyword: 't',
    });
  });

  test.each([
    ['what a browser made of it', '\ufffd\ufffd\ufffd\ufffd', '\ufffd\ufffdƮ'],
    ['the escapes themselves', '%B0%A1%C0%BB', '%C5%D9%C6%AE'],
  ])('in EUC-KR outranks what a script says of it: %s', (_, name, term) => {
    const query = 'utm_source=naver&utm_medium=cpc&utm_campaign=%B0%A1%C0%BB&utm_term=%C5%D9%C6%AE';
    const campaign = { source: 'naver', medium: 'cpc', name, term };
    const { arrival } = collectOne(aPage(`${SHOP}?${query}`, '', { campaign }));
    expect(arrival).toMatchObject({ campaign: '가을', keyword: '텐트' });
    // Without the address there is nothing better.
    expect(collectOne(aPage(SHOP, '', { campaign })).arrival.campaign).toBe(name);
  });

  test('is read from broken escapes, and cut where it is too long', () => {
    expect(landedOn('utm_source=%E0%A4%A&utm_medium=x').source).not.toBe('');
    expect(landedOn(`utm_source=${'s'.repeat(2_000)}`).source).toHaveLength(500);
    const many = Array.from(
      { length: 900 },
      (_, i) => `n_${'abc'.repeat((i % 9) + 1)}${'x'.repeat(i % 3)}=${i}`,
    );
    expect(Object.keys(landedOn(many.join('&')).clickIds).length).toBeLessThanOrEqual(30);
  });
});

// GA4's default channel grouping, rule by rule in its order.
describe('the channel grouping', () => {
  test.each([
    ['a', 'cpc', 'x cross-network y', undefined, 'cross_network'],
    ['coupang', 'cpc', '', 'shopping', 'paid_shopping'],
    ['a', 'ppc', 'summer shopping', undefined, 'paid_shopping'],
    ['google', 'retargeting', '', 'search', 'paid_search'],
    ['facebook', 'paidsocial', '', 'social', 'paid_social'],
    ['youtube', 'cpv-cpc', '', 'video', 'paid_video'],
    ['a', 'banner', '', undefined, 'display'],
    ['a', 'cpm', '', undefined, 'display'],
    ['a', 'interstitial', '', undefined, 'display'],
    ['a', 'paid', '', undefined, 'paid_other'],
    ['coupang', '', '', 'shopping', 'organic_shopping'],
    ['a', '', 'shop-opening', undefined, 'organic_shopping'],
    ['a', '', 'workshop', undefined, 'referral'],
    ['a', 'social-network', '', undefined, 'organic_social'],
    ['facebook', '', '', 'social', 'organic_social'],
    ['youtube', '', '', 'video', 'organic_video'],
    ['a', 'live-video', '', undefined, 'organic_video'],
    ['naver', '', '', 'search', 'organic_search'],
    ['a', 'organic', '', undefined, 'organic_search'],
    ['a', 'e-mail', '', undefined, 'email'],
    ['e_mail', '', '', undefined, 'email'],
    ['a', 'affiliate', '', undefined, 'affiliate'],
    ['a', 'audio', '', undefined, 'audio'],
    ['sms', '', '', undefined, 'sms'],
    ['a', 'sms', '', undefined, 'sms'],
    ['a', 'web-push', '', undefined, 'push'],
    ['a', 'app notification', '', undefined, 'push'],
    ['firebase', '', '', undefined, 'push'],
    ['a', 'referral', '', undefined, 'referral'],
    ['a', 'unheard of', '', undefined, 'referral'],
    ['chatgpt', '', '', 'ai_assistant', 'ai_assistant'],
    ['naver', '', '', 'portal', 'portal'],
  ] as const)('%s / %s / "%s" (%s) is %s', (source, medium, campaign, category, expected) => {
    const facts = { source, medium, campaign, category };
    expect(groupChannel({ ...facts, hasGoogleClick: false, hasMicrosoftClick: false })).toBe(
      expected,
    );
  });

  test("a network's own click id makes its search paid, whatever the medium", () => {
    const facts = { medium: 'organic', campaign: '', category: 'search' } as const;
    const google = { ...facts, source: 'google', hasGoogleClick: true, hasMicrosoftClick: false };
    const bing = { ...facts, source: 'bing', hasGoogleClick: false, hasMicrosoftClick: true };
    expect([groupChannel(google), groupChannel(bing)]).toEqual(['paid_search', 'paid_search']);
  });
});
