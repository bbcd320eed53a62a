import { expect, test } from 'vitest';
import { createPictures } from '../product-picture.ts';
import { products, productsIn, searchProducts } from './catalogue.ts';
import { departments, findCategoryName } from './departments.ts';

test('there are at least 64 products in at least eight departments', () => {
  expect(products.length).toBeGreaterThanOrEqual(64);
  expect(departments.length).toBeGreaterThanOrEqual(8);
  for (const department of departments) {
    expect(productsIn(department.id).length).toBeGreaterThanOrEqual(4);
    for (const part of Object.keys(department.parts)) {
      expect(productsIn(`${department.id}/${part}`).length, part).toBeGreaterThan(0);
    }
  }
});

test('menswear has at least eight products over several parts', () => {
  expect(productsIn('men').length).toBeGreaterThanOrEqual(8);
  expect(new Set(productsIn('men').map((product) => product.category)).size).toBeGreaterThan(3);
});

test('ids are unique and every category has a name', () => {
  expect(new Set(products.map((product) => product.id)).size).toBe(products.length);
  for (const product of products) {
    expect(findCategoryName(product.category), product.category).toBeDefined();
  }
});

test.each(products)('$id has a picture, both languages and a sensible price', (product) => {
  const svg = createPictures()(product.id);
  expect(svg).toMatch(/^<svg .*<\/svg>$/s);
  expect(svg).not.toMatch(/NaN|undefined/);
  for (const text of [product.name, product.description, ...product.options]) {
    expect(text.ko.length * text.en.length).toBeGreaterThan(0);
  }
  expect(product.name.ko).toMatch(/[가-힣]/);
  expect(product.priceWon).toBeGreaterThan(0);
  expect(product.listPriceWon ?? Number.POSITIVE_INFINITY).toBeGreaterThan(product.priceWon);
});

test('every filter, gradient and pattern a picture points to is in it', () => {
  const pictureOf = createPictures();
  for (const id of [...products.map((product) => product.id), 'banner-men', 'banner-home']) {
    const svg = pictureOf(id) ?? '';
    const ids = new Set(Array.from(svg.matchAll(/\bid="([^"]+)"/g), (match) => match[1]));
    const missing = Array.from(svg.matchAll(/url\(#([^)]+)\)/g), (match) => match[1]).filter(
      (name) => !ids.has(name),
    );
    expect(missing, id).toEqual([]);
  }
});

test('search finds by name, brand and promotion, in both languages', () => {
  expect(searchProducts('린넨 셔츠').map((product) => product.id)).toContain('washed-linen-shirt');
  expect(searchProducts('LINEN shirt').map((product) => product.id)).toContain(
    'washed-linen-shirt',
  );
  expect(searchProducts('온그릇').length).toBeGreaterThan(5);
  expect(searchProducts('1+1').every((product) => product.promotion === 'one_plus_one')).toBe(true);
  expect(searchProducts('  ')).toEqual([]);
});
