import { expect, test } from 'vitest';
import { createPortal } from './portal.ts';

const app = createPortal({ shopOrigin: 'http://shop.test:4200' });
const get = (url: string, cookie = 'lang=ko') =>
  app.inject({ method: 'GET', url, headers: { cookie } });

test.each(['ko', 'en'])(
  'the front page links to the shop, by ad and plainly (%s)',
  async (language) => {
    const { statusCode, body } = await get('/', `lang=${language}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('<meta name="referrer" content="unsafe-url">');
    expect(body).toContain(
      'http://shop.test:4200/?utm_source=portalads&amp;utm_medium=cpc&amp;utm_campaign=welcome&amp;utm_content=signup-benefit',
    );
    expect(body).toContain('href="http://shop.test:4200/"');
  },
);

test('results lead to the shop and to products that match', async () => {
  const { body } = await get(`/search?query=${encodeURIComponent('린넨 셔츠')}`);
  expect(body).toContain('href="http://shop.test:4200/"');
  expect(body).toContain('href="http://shop.test:4200/p/washed-linen-shirt"');
  expect(body).toContain('<meta name="referrer" content="unsafe-url">');
});

test('what was searched is escaped', async () => {
  const { body } = await get(`/search?query=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
  expect(body).not.toContain('<img src=x');
});

test('an empty search goes back to the front page', async () => {
  expect((await get('/search?query=')).headers.location).toBe('/');
});
