import { expect, test } from 'vitest';
import { packBody, unpackBody } from './outbox-body.ts';

test('what goes in comes out, smaller', async () => {
  const text = 'e{"name":"신발 😀"}\n'.repeat(50);
  const body = await packBody(text);
  expect(body.length).toBeLessThan(text.length / 5);
  expect(await unpackBody(body)).toBe(text);
  expect(await unpackBody(await packBody(''))).toBe('');
});

test('a body that is none is refused', async () => {
  await expect(unpackBody(new Uint8Array())).rejects.toThrow('unknown format none');
  await expect(unpackBody(new Uint8Array([1, 2, 3]))).rejects.toThrow('unknown format 1');
  await expect(unpackBody(new Uint8Array([2, 255, 3]))).rejects.toThrow();
});
