import { expect, test } from 'vitest';
import { contrast, paletteFor, readBrand } from './palette.ts';

const brand = readBrand(undefined);

test('a token that is not one is replaced by its default', () => {
  const read = readBrand({ primary: 'red;} *{display:none', surface: '#abcdef', radiusPx: 900 });
  expect(read).toEqual({ ...brand, surface: '#abcdef' });
});

test('black on white has the contrast that WCAG states', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

test('by night a white surface turns dark and a navy button stays visible', () => {
  const { surface, onSurface, primary, onPrimary } = paletteFor(brand, true);
  expect(contrast(surface, onSurface)).toBeGreaterThan(7);
  expect(contrast(primary, surface)).toBeGreaterThan(3);
  expect(contrast(primary, onPrimary)).toBeGreaterThan(4.5);
});

test('a bright brand colour is the same by night', () => {
  expect(paletteFor({ ...brand, primary: '#d6336c' }, true).primary).toBe('#d6336c');
});

test('a coloured surface is a choice of the brand and stays', () => {
  expect(paletteFor({ ...brand, surface: '#ffe3ec' }, true).surface).toBe('#ffe3ec');
});
