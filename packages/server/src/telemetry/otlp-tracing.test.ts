import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openTracing } from './otlp-tracing.ts';
import { noTracing } from './tracing.ts';

test('without an endpoint nothing is traced, and none of the libraries is loaded', async () => {
  expect(await openTracing({ endpoint: undefined, version: '0' })).toBe(noTracing);
  const source = readFileSync(new URL('otlp-tracing.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/^import (?!type)[^;]*@opentelemetry/m);
});

test('a collector that is not there costs neither the work nor the stop', async () => {
  // Port 9 discards, where anything listens there at all.
  const tracing = await openTracing({ endpoint: 'http://127.0.0.1:9', version: '0' });
  expect(await tracing.span('work', {}, async () => 7)).toBe(7);
  await expect(
    tracing.span('failing', {}, () => Promise.reject(new Error('as before'))),
  ).rejects.toThrow('as before');
  await expect(tracing.stop()).resolves.toBeUndefined();
});
