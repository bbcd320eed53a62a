import { expect, test } from 'vitest';
import { safeImageUrl, safeUrl } from './safe-url.ts';

const base = 'https://shop.kr/a/b';

test.each([
  ['https://x.kr/1', 'https://x.kr/1'],
  ['/sale?x=1', 'https://shop.kr/sale?x=1'],
  ['mailto:a@b.kr', 'mailto:a@b.kr'],
  ['tel:+8210', 'tel:+8210'],
])('%s is allowed', (url, href) => {
  expect(safeUrl(url, base)).toBe(href);
});

test.each([
  'javascript:alert(1)',
  ' JaVa\nScript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'blob:https://shop.kr/1',
  'http://[',
])('%j is refused', (url) => {
  expect(safeUrl(url, base)).toBeUndefined();
});

test('a picture comes from the web only', () => {
  expect(safeImageUrl('/p.jpg', base)).toBe('https://shop.kr/p.jpg');
  expect(safeImageUrl('mailto:a@b.kr', base)).toBeUndefined();
});
