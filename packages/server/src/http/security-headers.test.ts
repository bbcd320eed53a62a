import fastify from 'fastify';
import { expect, test } from 'vitest';
import { pagePolicy, sendSecurityHeaders } from './security-headers.ts';

async function headersWith(publicUrl: string | undefined) {
  const app = fastify();
  sendSecurityHeaders(app, publicUrl);
  app.get('/', () => '');
  return (await app.inject('/')).headers;
}

test('every reply says that its type is not to be guessed, and gives away no address', async () => {
  expect(await headersWith(undefined)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
});

test.each([
  ['https://tenth.example', 'max-age=31536000'],
  ['http://localhost:4800', undefined],
  [undefined, undefined],
])('under %s, strict transport security is %s', async (publicUrl, expected) => {
  expect((await headersWith(publicUrl))['strict-transport-security']).toBe(expected);
});

test('a page of ours runs nothing inline, is in no frame, and takes styles by nonce alone', () => {
  const { 'content-security-policy': policy, ...headers } = pagePolicy('abc');
  const directives = new Map(
    policy.split('; ').map((one): [string, string] => {
      const [name = '', ...sources] = one.split(' ');
      return [name, sources.join(' ')];
    }),
  );
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(directives.get('default-src')).toBe("'none'");
  expect(directives.get('script-src')).toBe("'self'");
  expect(directives.get('style-src')).toBe("'self' 'nonce-abc'");
  expect(directives.get('frame-ancestors')).toBe("'none'");
  expect(directives.get('base-uri')).toBe("'none'");
  expect(headers['x-frame-options']).toBe('DENY');
});
