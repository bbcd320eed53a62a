import { Problem } from '@tenth/model/problem.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aTrack, collect } from './testing/collect-one.ts';

/** Keys that the reader knows, so that random values meet its every branch, and hostile ones. */
const key = fc.constantFrom(
  ...['type', 'event', 'userId', 'anonymousId', 'previousId', 'groupId', 'messageId', 'context'],
  ...[
    'properties',
    'traits',
    'timestamp',
    'sentAt',
    'originalTimestamp',
    'page',
    'referrer',
    'url',
  ],
  ...['campaign', 'source', 'userAgent', 'userAgentData', 'brands', 'device', 'os', 'name'],
  ...['consent', 'gpc', 'userHash', 'locale', 'integrations', 'category', 'path', 'title'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '\0'],
);
const word = fc.oneof(
  fc.constantFrom('track', 'page', 'identify', 'group', 'alias', 'screen', 'denied', 'granted'),
  fc.constantFrom(
    'https://a.kr/?utm_source=%',
    'https://search.naver.com/?query=%EC%',
    'http://[::1',
  ),
  fc.constantFrom('2026-05-01T00:00:00Z', '9999-99-99', '__proto__', 'Mozilla/5.0 (Linux; Android'),
  fc.string({ unit: 'binary' }),
  fc.webUrl({ withQueryParameters: true }),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    word,
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('json'), { maxLength: 4 }),
    // Through JSON, as a body comes: that makes __proto__ a key of its own.
    fc
      .array(fc.tuple(fc.oneof(key, word), tie('json')), { maxLength: 6 })
      .map((pairs): unknown =>
        JSON.parse(
          `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`,
        ),
      ),
  ),
}));
const message = fc.oneof(
  json,
  fc.dictionary(key, json).map((fields) => ({ ...aTrack(), ...fields })),
);

test('any JSON is taken, rejected or refused with a Problem; each event is answered once', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), json, (batch, context) => {
      try {
        const result = collect({ batch, context });
        const places = [...result.accepted, ...result.rejected].map(({ index }) => index);
        expect(new Set(places).size).toBe(places.length);
        expect(places.length + result.unconsented).toBe(batch.length);
        expect(places.every((place) => place >= 0 && place < batch.length)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('no body makes a single call throw anything but a Problem', () => {
  const endpoints = fc.constantFrom(
    'track',
    'page',
    'identify',
    'group',
    'alias',
    'screen',
    'batch',
  );
  fc.assert(
    fc.property(json, endpoints, (body, endpoint) => {
      try {
        collect(body, { endpoint });
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('good events keep their order and place, whatever stands between them', () => {
  const slot = fc.oneof(fc.constant('good'), message);
  fc.assert(
    fc.property(fc.array(slot, { maxLength: 8 }), (slots) => {
      const batch = slots.map((one, place) =>
        one === 'good' ? aTrack({ messageId: `good-${place}` }) : one,
      );
      const { accepted } = collect({ batch });
      const places = new Map(accepted.map(({ index, event }) => [index, event.messageId]));
      for (const [place, one] of slots.entries()) {
        if (one === 'good') {
          expect(places.get(place)).toBe(`good-${place}`);
        }
      }
      const order = accepted.map(({ index }) => index);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }),
  );
});

test('what is accepted goes through JSON unchanged', () => {
  fc.assert(
    fc.property(message, (one) => {
      for (const { event } of collect({ batch: [one] }).accepted) {
        const text = JSON.stringify(event.payload);
        expect(text).not.toMatch(/\\u0000|\\ud[89a-f]|"__proto__":/);
        expect(event.at).toBeLessThanOrEqual(event.receivedAt);
      }
    }),
    { numRuns: 1_000 },
  );
});
