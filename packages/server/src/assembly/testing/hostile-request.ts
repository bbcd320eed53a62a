import fc from 'fast-check';
import { hostileTexts } from './hostile-values.ts';
import { change, mutatedJson } from './mutated-json.ts';
import { wrapped, wrapping } from './packed-body.ts';
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
