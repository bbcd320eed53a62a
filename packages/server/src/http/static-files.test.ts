import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveConsole } from './console.ts';
import { renderProblems } from './render-problem.ts';
import { serveScript } from './script.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenth-static-test-'));
const app = fastify();

beforeAll(async () => {
  mkdirSync(join(folder, 'browser'));
  mkdirSync(join(folder, 'console/assets'), { recursive: true });
  writeFileSync(join(folder, 'browser/t.js'), 'core');
  writeFileSync(join(folder, 'browser/t.js.gz'), gzipSync('core'));
  writeFileSync(join(folder, 'browser/render-4K2ZQ7XA.js'), 'chunk');
  writeFileSync(join(folder, 'browser/render-4K2ZQ7XA.js.gz'), gzipSync('chunk'));
  writeFileSync(
    join(folder, 'console/index.html'),
    '<title>Tenth</title><meta property="csp-nonce" nonce="tenth-nonce">',
  );
  writeFileSync(join(folder, 'console/assets/index-BsbmJTjo.js'), 'console');
  renderProblems(app, { countProblem() {} });
  await app.register(async (scope) => serveScript(scope, join(folder, 'browser')));
  await app.register(async (scope) => serveConsole(scope, join(folder, 'console')));
  await app.ready();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the script may be loaded by any page and is fresh within minutes', async () => {
  const { headers, body } = await app.inject({ url: '/t.js' });
  expect(body).toBe('core');
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(headers['cache-control']).toContain('max-age=300');
});

test.each([{ encoding: 'gzip' }, { encoding: undefined }])(
  'a part whose name changes with its content is kept for ever (sent as $encoding)',
  async ({ encoding }) => {
    const { headers } = await app.inject({
      url: '/render-4K2ZQ7XA.js',
      headers: { 'accept-encoding': encoding ?? 'identity' },
    });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('accept-encoding');
    expect(headers['content-type']).toContain('javascript');
    expect(headers['cache-control']).toContain('immutable');
  },
);

test('the console answers its own addresses with its page, under a strict policy', async () => {
  const nonces = new Set<string>();
  for (const url of ['/console/', '/console/people/userId%3Au1']) {
    const { headers, body } = await app.inject({ url });
    expect(body).toContain('<title>Tenth</title>');
    expect(headers['cache-control']).toBe('no-store');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const [, nonce = 'none'] = /style-src 'self' 'nonce-([^']+)'/.exec(policy) ?? [];
    expect(body).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(2);
  const asset = await app.inject({ url: '/console/assets/index-BsbmJTjo.js' });
  expect(asset.headers['cache-control']).toContain('immutable');
});

test.each([
  '/console/assets/gone-00000000.js',
  '/console/../browser/t.js',
  '/console/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
])('%s is not found, or the page; never a file from elsewhere', async (url) => {
  const { statusCode, body } = await app.inject({ url });
  expect(body).not.toContain('root:');
  expect([200, 400, 404]).toContain(statusCode);
  if (statusCode === 200) {
    expect(body).toMatch(/<title>Tenth|^core$/);
  }
});
