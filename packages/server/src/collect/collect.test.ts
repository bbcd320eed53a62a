import { Problem } from '@tenth/model/problem.ts';
import { describe, expect, test } from 'vitest';
import { aRequest, aTrack, collect, collectOne, refusalOf } from './testing/collect-one.ts';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) {
      return error.code;
    }
    throw error;
  }
  return 'taken';
}

describe('a request as a whole', () => {
  test.each([null, undefined, 'text', 7, true, [], [{}]])('%j is no body', (body) => {
    expect(codeOf(() => collect(body))).toBe('body-invalid');
    expect(codeOf(() => collect(body, { endpoint: 'track' }))).toBe('body-invalid');
  });

  test.each([
    [{}],
    [{ batch: {} }],
    [{ batch: 'x' }],
    [{ batch: [], context: 'x' }],
    [{ batch: [], integrations: [] }],
    [{ batch: [], sentAt: 'soon' }],
  ])('%j is no batch', (body) => {
    expect(codeOf(() => collect(body))).toBe('body-invalid');
  });

  test('over 500 KB is refused, by the size it came in and by its weight', () => {
    const body = { batch: [aTrack({ properties: { text: 'x'.repeat(600 * 1024) } })] };
    expect(codeOf(() => collect(body))).toBe('batch-too-large');
    expect(codeOf(() => collect({ batch: [] }, { rawBytes: 500 * 1024 + 1 }))).toBe(
      'batch-too-large',
    );
    expect(codeOf(() => collect({ batch: [] }, { rawBytes: 500 * 1024 }))).toBe('taken');
  });

  test('more than 2,500 events are refused', () => {
    const batch = new Array<object>(2_501).fill(aTrack());
    expect(codeOf(() => collect({ batch }))).toBe('batch-too-large');
    expect(collect({ batch: batch.slice(1) }).accepted).toHaveLength(2_500);
  });

  test('a large context is not multiplied by thousands of events', () => {
    const body = { context: { text: 'x'.repeat(20_000) }, batch: new Array(2_000).fill(aTrack()) };
    expect(codeOf(() => collect(body))).toBe('batch-too-large');
  });

  test('a string of 10 MB is refused in no time', () => {
    const body = aTrack({ properties: { text: '가'.repeat(10_000_000) } });
    const startMs = performance.now();
    expect(codeOf(() => collect(body, { endpoint: 'track' }))).toBe('batch-too-large');
    expect(codeOf(() => collect(body, { endpoint: 'track', rawBytes: 1 }))).toBe('event-too-large');
    expect(performance.now() - startMs).toBeLessThan(200);
  });

  test('the wish for decisions, the settings version and the write key are passed on', () => {
    const body = { batch: [aTrack()], decide: true, settingsVersion: 7, writeKey: 'wk' };
    expect(collect(body)).toMatchObject({ decide: true, settingsVersion: 7, writeKey: 'wk' });
    expect(collect({ batch: [] })).toMatchObject({ decide: false, settingsVersion: undefined });
    expect(collect({ batch: [], settingsVersion: '7', decide: 'yes' })).toMatchObject({
      decide: false,
      settingsVersion: undefined,
      writeKey: undefined,
    });
  });
});

describe('one bad event', () => {
  test('never loses the rest, and is named by its place and field', () => {
    const bad = [null, 'x', {}, aTrack({ event: 7 }), aTrack({ type: 'trick' })];
    const batch = [aTrack({ messageId: 'm-0' }), ...bad, aTrack({ messageId: 'm-6' })];
    const { accepted, rejected } = collect({ batch });
    expect(accepted.map(({ index, event }) => [index, event.messageId])).toEqual([
      [0, 'm-0'],
      [6, 'm-6'],
    ]);
    expect(rejected.map(({ index, field }) => [index, field])).toEqual([
      [1, ''],
      [2, ''],
      [3, 'type'],
      [4, 'event'],
      [5, 'type'],
    ]);
  });

  test('over 32 KB is refused alone in a batch, and with its request in a single call', () => {
    const large = aTrack({ properties: { text: 'x'.repeat(33 * 1024) } });
    expect(collect({ batch: [large, aTrack()] })).toMatchObject({
      accepted: [{ index: 1 }],
      rejected: [{ index: 0, reason: 'is over 32 KB' }],
    });
    expect(codeOf(() => collect(large, { endpoint: 'track' }))).toBe('event-too-large');
  });

  test('counts its size with the context of the batch', () => {
    const event = aTrack({ properties: { text: 'x'.repeat(20_000) } });
    const context = { text: 'x'.repeat(20_000) };
    expect(collect({ batch: [event], context }).rejected).toMatchObject([
      { reason: 'is over 32 KB' },
    ]);
  });

  test('is taken down to 20 levels and refused below', () => {
    const nested = (levels: number): unknown =>
      levels === 0 ? 'end' : levels % 2 === 0 ? { a: nested(levels - 1) } : [nested(levels - 1)];
    expect(refusalOf(aTrack({ properties: { deep: nested(18) } }))).toBeUndefined();
    expect(refusalOf(aTrack({ properties: { deep: nested(19) } }))?.reason).toMatch(/20 levels/);
    const pit = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(collect({ batch: [aTrack({ pit }), aTrack()] })).toMatchObject({
      accepted: [{ index: 1 }],
      rejected: [{ index: 0 }],
    });
    expect(codeOf(() => collect(aTrack({ pit }), { endpoint: 'track' }))).toBe('body-too-deep');
    expect(codeOf(() => collect({ batch: [], context: { pit } }))).toBe('body-too-deep');
  });
});

describe('the payload', () => {
  test('keeps everything sent, but for the credentials', () => {
    const context = { userHash: 'abc', page: { url: 'https://shop.kr/' }, own: { deep: [1] } };
    const sent = { ...aTrack({ messageId: 'm', extra: [null, 1e300] }), context, writeKey: 'wk' };
    expect(collectOne(sent).payload).toEqual({
      ...aTrack({ messageId: 'm', extra: [null, 1e300] }),
      context: { page: { url: 'https://shop.kr/' }, own: { deep: [1] } },
    });
  });

  test('has the context and integrations of the batch below those of the event', () => {
    const event = aTrack({ context: { locale: 'ko' }, integrations: { All: true } });
    const shared = { context: { locale: 'en', ip: '1.2.3.4' }, integrations: { All: false, B: 1 } };
    const [one] = collect({ batch: [event], ...shared }).accepted;
    expect(one?.event.payload).toMatchObject({
      context: { locale: 'ko', ip: '1.2.3.4' },
      integrations: { All: true, B: 1 },
    });
    expect(one?.event.locale).toBe('ko');
  });

  test('leaves out __proto__ at any depth and changes no prototype', () => {
    const sent = JSON.parse(
      '{"type":"track","event":"E","userId":"u","__proto__":{"polluted":1},"properties":{"a":[{"__proto__":{"polluted":1},"b":2}],"constructor":{"prototype":{"polluted":1}}}}',
    );
    const { payload, properties } = collectOne(sent);
    expect(JSON.stringify(payload)).not.toContain('__proto__');
    expect(properties.a).toEqual([{ b: 2 }]);
    expect('polluted' in {}).toBe(false);
  });

  test('holds nothing a store cannot: NUL and half pairs become U+FFFD', () => {
    const event = collectOne(
      aTrack({ anonymousId: 'a\0b', properties: { 'k\0': 'x\ud800y', fine: '👍'.repeat(20) } }),
    );
    expect(event.anonymousId).toBe('a\ufffdb');
    expect(event.properties).toEqual({ 'k\ufffd': 'x\ufffdy', fine: '👍'.repeat(20) });
  });

  test('takes huge numbers as JSON writes them', () => {
    const sent = JSON.parse(
      '{"type":"track","event":"E","userId":"u","properties":{"a":1e999,"b":1e300}}',
    );
    expect(collectOne(sent).properties).toEqual({ a: null, b: 1e300 });
  });

  test('does not change what came in', () => {
    const body = {
      batch: [aTrack({ writeKey: 'w', context: { userHash: 'x' } })],
      context: { a: 1 },
    };
    const before = structuredClone(body);
    collect(body);
    expect(body).toEqual(before);
  });
});

describe('a message id', () => {
  test('is made where there is none, and kept where there is', () => {
    const batch = [null, '', undefined, 'given', 12].map((messageId) => aTrack({ messageId }));
    expect(collect({ batch }).accepted.map(({ event }) => event.messageId)).toEqual([
      'generated-1',
      'generated-2',
      'generated-3',
      'given',
      '12',
    ]);
  });

  test('has at most 100 characters', () => {
    expect(refusalOf(aTrack({ messageId: 'x'.repeat(100) }))).toBeUndefined();
    expect(refusalOf(aTrack({ messageId: 'x'.repeat(101) }))?.field).toBe('messageId');
    expect(refusalOf(aTrack({ messageId: {} }))?.field).toBe('messageId');
  });
});

describe('consent', () => {
  const consentOf = (context: object) => collect({ batch: [aTrack({ context })] });

  test.each([
    ['granted', 'granted'],
    [true, 'granted'],
    [{ status: 'granted' }, 'granted'],
    [{ categoryPreferences: { Advertising: false, Functional: true } }, 'granted'],
    [{ personalization_storage: 'granted', ad_storage: 'denied' }, 'granted'],
    [{ C0001: true, C0003: true }, 'granted'],
    [undefined, 'unknown'],
    [{}, 'unknown'],
    [7, 'unknown'],
  ])('%j reads %s', (consent, expected) => {
    expect(consentOf({ consent }).accepted[0]?.event.consent).toBe(expected);
  });

  test.each([
    ['denied'],
    [false],
    [{ categoryPreferences: { Personalization: false, Analytics: true } }],
    [{ C0001: true, C0003: false }],
  ])('%j is a no: the event is counted and nothing of it kept', (consent) => {
    expect(consentOf({ consent })).toMatchObject({ accepted: [], rejected: [], unconsented: 1 });
  });

  test('Global Privacy Control is a no, unless the visitor said yes on this site', () => {
    const request = aRequest({ gpc: true });
    expect(collect({ batch: [aTrack()] }, { request }).unconsented).toBe(1);
    expect(consentOf({ gpc: true }).unconsented).toBe(1);
    const yes = aTrack({ context: { consent: 'granted', gpc: true } });
    expect(collect({ batch: [yes] }, { request }).accepted).toHaveLength(1);
  });
});

describe('a verified identity', () => {
  const verifyUserHash = (userId: string, hash: string) => userId === 'u-1' && hash === 'good';

  test.each([
    [{ userId: 'u-1', context: { userHash: 'good' } }, true],
    [{ userId: 'u-1', context: { userHash: 'bad' } }, false],
    [{ userId: 'u-2', context: { userHash: 'good' } }, false],
    [{ userId: 'u-1', context: { userHash: ['good'] } }, false],
    [{ userId: 'u-1' }, false],
    [{ context: { userHash: 'good' } }, false],
  ])('%j: %s', (changes, expected) => {
    expect(collectOne(aTrack(changes), { verifyUserHash }).isVerified).toBe(expected);
  });
});
