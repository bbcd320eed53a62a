import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Shop } from './two-shops.ts';
import type { RouteCall } from './walk-routes.ts';

/** Bytes for one request, short of the line and headers that every request has. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Requests as they ought to be, to start from. */
export interface Seeds {
  /** Bodies of the tracking API. */
  readonly messages: readonly unknown[];
  readonly collectPaths: readonly string[];
  /** Of the API: what is answered, and what is refused as it is. */
  readonly answered: readonly RouteCall[];
  readonly refused: readonly RouteCall[];
  readonly shop: Shop;
}

const hostileTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '﷽'.repeat(20),
  '💥'.repeat(50),
  '../../../etc/passwd',
  '%00%ff%c0%ae',
  "'; drop table profiles; --",
  '\\x00\\t\\n',
  '{{ person.constructor }}',
  '{param:String}',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'x'.repeat(40_000),
  '9'.repeat(400),
  '-0',
  'NaN',
  '1e999',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00',
  '__proto__',
  'constructor',
  'toString',
  '(a+)+$',
];
const hostileNumbers = [
  0,
  -0,
  -1,
  0.1,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1.7976931348623157e308,
  5e-324,
  8_640_000_000_000_001,
];
const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '.',
];

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...hostileNumbers) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
  { weight: 1, arbitrary: fc.constantFrom([], {}, [[[]]], [null], { '': '' }) },
  { weight: 1, arbitrary: fc.integer({ min: 5, max: 800 }).map(nested) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 2_000 }).map((n) => new Array(n).fill(0)) },
  { weight: 2, arbitrary: fc.jsonValue() },
);

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}

interface Change {
  readonly kind: 'replace' | 'remove' | 'add' | 'rename';
  /** Which of all places in the value, as a share of them. */
  readonly at: number;
  readonly key: string;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace' as const, 'replace' as const, 'remove', 'add', 'rename'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  key: fc.oneof(fc.constantFrom(...hostileKeys), fc.string({ unit: 'binary', maxLength: 12 })),
  value: hostileValue,
});

/** A body with a few places changed. */
function mutatedJson(seed: unknown, changes: readonly Change[]): string {
  const root: { body: unknown } = { body: structuredClone(seed) };
  for (const { kind, at, key, value } of changes) {
    const places = placesIn(root);
    const place = places[Math.floor(at * places.length)];
    if (place !== undefined) {
      apply(place, { kind, key, value });
    }
  }
  return JSON.stringify(root.body) ?? '';
}

type Place = readonly [holder: Record<string, unknown>, key: string];

function placesIn(value: unknown, found: Place[] = [], levels = 12): readonly Place[] {
  if (typeof value === 'object' && value !== null && levels > 0 && found.length < 500) {
    // Lists are held by their indices, as objects are by their keys.
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder).slice(0, 100)) {
      found.push([holder, key]);
      placesIn(holder[key], found, levels - 1);
    }
  }
  return found;
}

function apply([holder, key]: Place, change: Omit<Change, 'at'>): void {
  const put = (name: string, value: unknown) =>
    // Assigned, `__proto__` would not become a key of its own.
    Object.defineProperty(holder, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  switch (change.kind) {
    case 'replace':
      put(key, change.value);
      break;
    case 'remove':
      delete holder[key];
      break;
    case 'add':
      put(Array.isArray(holder) ? String(holder.length) : change.key, change.value);
      break;
    case 'rename':
      if (!Array.isArray(holder)) {
        put(change.key, holder[key]);
      }
      break;
  }
}

type Wrapping = 'none' | 'gzip' | 'deflate' | 'br' | 'lie' | 'bomb' | 'unknown' | 'cut';

/** The body as it is sent, and the encoding it is said to have. */
function wrapped(body: Buffer, wrapping: Wrapping): { body: Buffer; encoding: string | undefined } {
  switch (wrapping) {
    case 'none':
      return { body, encoding: undefined };
    case 'gzip':
      return { body: gzipSync(body), encoding: 'gzip' };
    case 'deflate':
      return { body: deflateSync(body), encoding: 'deflate' };
    case 'br':
      return { body: brotliCompressSync(body), encoding: 'br' };
    case 'lie':
      return { body, encoding: 'gzip' };
    case 'bomb':
      return { body: bomb, encoding: 'gzip' };
    case 'unknown':
      return { body, encoding: 'gzip, zstd' };
    case 'cut': {
      const packed = gzipSync(body);
      return { body: packed.subarray(0, packed.length / 2), encoding: 'gzip' };
    }
  }
}

/** 20 KB that unpack to 20 MB of JSON. */
const bomb = gzipSync(Buffer.from(`{"a":"${'a'.repeat(20_000_000)}"}`), { level: 9 });

const wrapping: fc.Arbitrary<Wrapping> = fc.oneof(
  { weight: 30, arbitrary: fc.constant('none' as const) },
  {
    weight: 6,
    arbitrary: fc.constantFrom('gzip' as const, 'deflate', 'br', 'lie', 'unknown', 'cut'),
  },
  { weight: 1, arbitrary: fc.constant('bomb' as const) },
);

/** Text to bytes, some of them not UTF-8. */
const bytesOf = (text: string, broken: number | undefined): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  if (broken !== undefined && bytes.length > 0) {
    bytes[Math.floor(broken * bytes.length)] = 0xc3;
  }
  return bytes;
};

const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 11, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Characters that Node's client lets into a header. */
const headerText = fc
  .oneof(fc.constantFrom(...hostileTexts.slice(4)), fc.string({ unit: 'binary', maxLength: 60 }))
  .map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 4_000));

const moreHeaders = fc.dictionary(
  fc.constantFrom(
    'accept',
    'accept-encoding',
    'content-type',
    'cookie',
    'origin',
    'referer',
    'sec-fetch-site',
    'sec-gpc',
    'user-agent',
    'x-forwarded-for',
    'x-request-id',
    'traceparent',
    'if-none-match',
    'range',
    'authorization',
  ),
  headerText,
  { maxKeys: 3 },
);

const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE');

const hostileQuery = fc.oneof(
  fc.constantFrom(
    `?${'a=b&'.repeat(2_000)}`,
    `?limit=${'9'.repeat(3_000)}`,
    '?limit[]=1&limit[]=2&__proto__[x]=1&constructor=1',
    '?limit=-1&before=%00&from=9999-99-99&to=%ff',
    '?%',
    '?=&=&&',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `?search=${encodeSafely(text)}`),
  fc
    .tuple(
      fc.constantFrom('before', 'from', 'to', 'segmentId', 'messageId', 'at', 'limit'),
      headerText,
    )
    .map(([name, text]) => `?${name}=${encodeSafely(text)}`),
);

function encodeSafely(text: string): string {
  // Half of a surrogate pair has no encoding.
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '?'));
}

/** A path as it was, with another last part, or with something behind it. */
const pathChange: fc.Arbitrary<(path: string) => string> = fc.oneof(
  { weight: 12, arbitrary: fc.constant((path: string) => path) },
  { weight: 2, arbitrary: hostileQuery.map((query) => (path: string) => path + query) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 30 }))
      .map((text) => (path: string) => path.replace(/[^/]*$/, encodeSafely(text.slice(0, 2_000)))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('/', '//', '/..', '/%2e%2e/', '/.git/config', '%', '%zz', ';a=b', '/*')
      .map((more) => (path: string) => path + more),
  },
);

/** A request that is wrong in some ways, from one that was right. */
export function hostileRequest(seeds: Seeds): fc.Arbitrary<HostileRequest> {
  const basic = `Basic ${Buffer.from(`${seeds.shop.writeKey}:`).toString('base64')}`;
  const bearer = `Bearer ${seeds.shop.apiKey}`;
  const collected = fc
    .tuple(
      fc.constantFrom(...seeds.collectPaths),
      fc.array(fc.constantFrom(...seeds.messages), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
    )
    .map(([path, messages, decide]) => ({
      method: 'POST',
      path,
      authorization: basic,
      contentType: 'application/json',
      seed: /batch|import|\/b$/.test(path) ? { decide, batch: messages } : messages[0],
    }));
  const call = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...seeds.answered) },
    { weight: 1, arbitrary: fc.constantFrom(...seeds.refused) },
  );
  const called = call.map((call) => ({
    method: call.method,
    path: call.path,
    authorization: bearer,
    contentType: call.contentType,
    seed: call.contentType === 'application/json' ? JSON.parse(call.body ?? '') : call.body,
  }));
  const begun = fc.oneof({ weight: 3, arbitrary: collected }, { weight: 2, arbitrary: called });
  return fc
    .record({
      begun,
      changes: fc.oneof(fc.constant([]), fc.array(change, { minLength: 1, maxLength: 3 })),
      otherMethod: rarely(method),
      pathChange,
      moreHeaders: rarely(moreHeaders),
      authorization: rarely(
        fc.constantFrom(
          '',
          'Basic',
          'Basic !!!',
          'Bearer',
          `Bearer ${'x'.repeat(5_000)}`,
          basic,
          bearer,
        ),
      ),
      rawBody: rarely(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
          fc.constantFrom(
            Buffer.from(''),
            Buffer.from('['.repeat(100_000)),
            Buffer.from(`${'{"a":'.repeat(50_000)}1`),
            Buffer.from('\ufeff{}'),
            Buffer.from('{"a":1}{"b":2}'),
            Buffer.from('x'.repeat(700_000)),
          ),
        ),
      ),
      broken: rarely(share),
      wrapping,
    })
    .map((drawn) => {
      const { seed } = drawn.begun;
      const text =
        seed === undefined || typeof seed === 'string'
          ? (seed ?? '')
          : mutatedJson(seed, drawn.changes);
      const packed = wrapped(drawn.rawBody ?? bytesOf(text, drawn.broken), drawn.wrapping);
      return {
        method: drawn.otherMethod ?? drawn.begun.method,
        path: drawn.pathChange(drawn.begun.path),
        headers: {
          authorization: drawn.authorization ?? drawn.begun.authorization,
          ...(drawn.begun.contentType === undefined
            ? {}
            : { 'content-type': drawn.begun.contentType }),
          ...(packed.encoding === undefined ? {} : { 'content-encoding': packed.encoding }),
          ...drawn.moreHeaders,
        },
        body: packed.body,
      };
    });
}
