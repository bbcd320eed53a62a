import type { Json } from '@tenth/model/json.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weighJson } from './json-weight.ts';

const limits = { maxBytes: 1_000_000, maxDepth: 50 };

test('a value weighs what its compact JSON does, escapes aside', () => {
  const text = fc.stringMatching(/^[a-zé가-힣👍 ]{0,60}$/u);
  const json = fc.jsonValue({ depthSize: 'medium', noUnicodeString: true });
  fc.assert(
    fc.property(fc.tuple(json, fc.array(text)), (value) => {
      const whole: Json = JSON.parse(JSON.stringify(value));
      const written = JSON.stringify(whole);
      const escapes = written.length - written.replace(/\\./g, '_').length;
      const { bytes } = weighJson(whole, limits);
      // An escape adds a character, `\u0001` five.
      expect(Buffer.byteLength(written) - bytes).toBeGreaterThanOrEqual(0);
      expect(Buffer.byteLength(written) - bytes).toBeLessThanOrEqual(escapes * 5);
    }),
  );
});
