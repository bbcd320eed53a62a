import { expect, test } from 'vitest';
import { products } from './catalogue/catalogue.ts';
import { departments } from './catalogue/departments.ts';
import { createDemoShop } from './demo-shop.ts';

const app = await createDemoShop({
  tenthOrigin: 'http://tenth.test',
  writeKey: 'wk_test',
  portalOrigin: 'http://portal.test',
  clientScript: 'void 0;',
});

const get = (url: string, cookie = 'lang=ko') =>
  app.inject({ method: 'GET', url, headers: { cookie } });

const pages: readonly (readonly [url: string, category: string])[] = [
  ['/', 'home'],
  ['/search?q=%EB%A8%B8%EA%B7%B8', 'search'],
  ['/compare', 'compare'],
  ['/cart', 'cart'],
  ['/benefits', 'member-benefits'],
  ['/signup', 'sign-up'],
  ['/signin', 'sign-in'],
  ['/checkout', 'checkout'],
  ['/order/complete', 'order-complete'],
  ...departments.map((department) => [`/c/${department.id}`, 'category'] as const),
  ['/c/men/shirts', 'category'],
  ...products.map((product) => [`/p/${product.id}`, 'product'] as const),
];

test.each(pages)('%s answers in Korean and English with the category %s', async (url, category) => {
  for (const language of ['ko', 'en']) {
    const answer = await get(url, `lang=${language}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(`<html lang="${language}">`);
    expect(answer.body).toContain(`<meta name="tenth:page-category" content="${category}">`);
    expect(answer.body).toContain(
      `<script async src="http://tenth.test/t.js" data-write-key="wk_test" data-locale="${language}">`,
    );
    expect(answer.body).not.toMatch(/undefined|\[object/);
  }
});

test('without a cookie the shop speaks Korean', async () => {
  expect((await get('/', '')).body).toContain('<html lang="ko">');
});

test('English pages hold no Korean but the switch back', async () => {
  const body = (await get('/p/honey-bear', 'lang=en')).body
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/data-product="[^"]*"/g, '');
  expect(body.match(/[가-힣]+/g)).toEqual(['한국어']);
});

test('what was searched is escaped everywhere on the page', async () => {
  const answer = await get(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(answer.body).not.toContain('<script>alert');
  expect(answer.body).toContain('&lt;script&gt;alert(1)');
});

test('the front page has its placement and every picture it shows', async () => {
  const { body } = await get('/');
  expect(body).toContain('data-tenth-placement="home-hero"');
  const pictures = new Set(Array.from(body.matchAll(/src="(\/img\/[^"]+)"/g), (match) => match[1]));
  expect(pictures.size).toBeGreaterThan(20);
  for (const url of [...pictures, '/img/banner-men.svg', '/img/banner-home.svg']) {
    const answer = await get(url ?? '');
    expect(answer.statusCode, url).toBe(200);
    expect(answer.headers['content-type']).toBe('image/svg+xml');
    expect(answer.headers['cache-control']).toContain('max-age');
  }
});

test('unknown pages, products, categories and pictures are not found', async () => {
  for (const url of ['/nothing', '/p/nothing', '/c/nothing', '/c/men/nothing', '/img/no.svg']) {
    expect((await get(url)).statusCode, url).toBe(404);
  }
  expect((await get('/c/men/constructor')).statusCode).toBe(404);
});

test('the language switch goes back to a path of this shop only', async () => {
  const there = await get('/lang/en?to=%2Fc%2Fmen');
  expect(there.headers.location).toBe('/c/men');
  expect(there.headers['set-cookie']).toContain('lang=en');
  for (const to of ['//evil.test', '/\\evil.test', 'https://evil.test']) {
    expect((await get(`/lang/en?to=${encodeURIComponent(to)}`)).headers.location).toBe('/');
  }
});
