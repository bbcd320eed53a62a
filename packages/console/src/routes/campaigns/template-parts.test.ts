import { expect, test } from 'vitest';
import { templateParts } from './template-parts.ts';

test('what is filled in is told apart from what is written', () => {
  expect(templateParts('{{ person.name | default: "고객" }}님, 안녕하세요')).toEqual([
    { kind: 'slot', text: 'person.name' },
    { kind: 'text', text: '님, 안녕하세요' },
  ]);
});

test('tags that only steer are left out', () => {
  expect(templateParts('{% if cart %}담긴 상품{% endif %}')).toEqual([
    { kind: 'text', text: '담긴 상품' },
  ]);
});
