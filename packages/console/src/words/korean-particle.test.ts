import { expect, test } from 'vitest';
import { withParticle } from './korean-particle.ts';

test('a word that ends in a consonant and one that ends in a vowel take their own particle', () => {
  expect(withParticle('쿠폰', '을/를')).toBe('쿠폰을');
  expect(withParticle('메시지', '을/를')).toBe('메시지를');
  expect(withParticle('캠페인', '은/는')).toBe('캠페인은');
});

test('ㄹ counts as a vowel before 으로/로 only', () => {
  expect(withParticle('이메일', '으로/로')).toBe('이메일로');
  expect(withParticle('이메일', '이/가')).toBe('이메일이');
});

test('digits go by how they are read, and closing quotes are looked through', () => {
  expect(withParticle('3', '이/가')).toBe('3이');
  expect(withParticle('2', '이/가')).toBe('2가');
  expect(withParticle('‘첫 구매 쿠폰’', '을/를')).toBe('‘첫 구매 쿠폰’을');
  expect(withParticle('Order Completed', '이/가')).toBe('Order Completed가');
});
