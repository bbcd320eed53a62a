import { describe, expect, test } from 'vitest';
import { aTrack, collectOne, refusalOf } from '../testing/collect-one.ts';

describe('who', () => {
  test.each([
    [{ userId: 42 }, { userId: '42' }],
    [{ userId: null }, { userId: undefined, anonymousId: 'a-1' }],
    [{ userId: '' }, { userId: undefined }],
    [{ anonymousId: 903875325897329, userId: 'u' }, { anonymousId: '903875325897329' }],
    [{ userId: 'u'.repeat(255) }, { userId: 'u'.repeat(255) }],
    [{ user_id: 'u-9' }, { userId: 'u-9' }],
  ])('%j is read', (changes, expected) => {
    expect(collectOne(aTrack(changes))).toMatchObject(expected);
  });

  test.each([
    [{ userId: {} }, 'userId'],
    [{ userId: true }, 'userId'],
    [{ userId: 12_345_678_901_234_567_000 }, 'userId'],
    [{ userId: 'u'.repeat(256) }, 'userId'],
    [{ anonymousId: ['a'] }, 'anonymousId'],
    [{ anonymousId: 'a'.repeat(256), userId: 'u' }, 'anonymousId'],
    [{ anonymousId: undefined }, 'userId'],
    [{ anonymousId: null, userId: null }, 'userId'],
  ])('%j is refused by name', (changes, field) => {
    expect(refusalOf(aTrack(changes))?.field).toBe(field);
  });

  test.each(['Segment Entered', 'Segment Exited'])('%s is for Tenth alone to tell', (event) => {
    expect(refusalOf(aTrack({ event }))).toMatchObject({
      field: 'event',
      reason: `${event} is told by Tenth itself; name yours otherwise`,
    });
  });

  // Segment Unify: ^[0-]*$, -1, null, anonymous. PostHog: the rest, also in quotes.
  test.each([
    ...['0', '-', '00000000-0000-0000-0000-000000000000', '-1', 'null', 'anonymous', 'Anonymous'],
    ...['guest', 'distinctid', 'distinct_id', 'id', 'not_authenticated', 'email', 'undefined'],
    ...['true', 'false', '', '   ', '[object Object]', 'NaN', 'None', 'none', ' guest ', '"null"'],
    ...["'undefined'", "''", 'GUEST', '"0"'],
  ])('%j stands for nobody: ignored, and refused where nothing else names the person', (value) => {
    expect(collectOne(aTrack({ userId: value })).userId).toBeUndefined();
    expect(collectOne({ type: 'identify', userId: 'u', anonymousId: value })).toMatchObject({
      anonymousId: undefined,
      userId: 'u',
    });
    expect(refusalOf({ type: 'identify', userId: value })?.field).toBe('userId');
  });

  test.each(['10', '-2', 'ideal', 'guest-7', 'anonymous@shop.kr', 'nullable', '0a'])(
    '%j is somebody',
    (value) => {
      expect(collectOne(aTrack({ userId: value })).userId).toBe(value);
    },
  );

  test('a number that stands for nobody is ignored too', () => {
    expect(collectOne(aTrack({ userId: 0 })).userId).toBeUndefined();
    expect(collectOne(aTrack({ userId: -1 })).userId).toBeUndefined();
  });
});

describe('what', () => {
  test.each([
    [{ event: undefined }, 'event'],
    [{ event: '' }, 'event'],
    [{ event: '  ' }, 'event'],
    [{ event: 7 }, 'event'],
    [{ event: 'x'.repeat(201) }, 'event'],
    [{ properties: [] }, 'properties'],
    [{ properties: 'x' }, 'properties'],
    [{ traits: 1 }, 'traits'],
    [{ context: 'x' }, 'context'],
    [{ context: [] }, 'context'],
    [{ type: undefined }, 'type'],
    [{ type: 'Track' }, 'type'],
    [{ type: '__proto__' }, 'type'],
    [{ type: 'page', name: 'x'.repeat(201) }, 'name'],
    [{ type: 'group' }, 'groupId'],
    [{ type: 'group', groupId: 'null' }, 'groupId'],
    [{ type: 'group', groupId: {} }, 'groupId'],
    [{ type: 'alias', userId: 'u' }, 'previousId'],
    [{ type: 'alias', previousId: 'p' }, 'userId'],
    [{ type: 'alias', userId: 'u', previousId: 'anonymous' }, 'previousId'],
  ])('%j is refused by name', (changes, field) => {
    expect(refusalOf(aTrack(changes))?.field).toBe(field);
  });

  test('a refusal never repeats what the visitor sent', () => {
    const secret = 'kim@example.com'.repeat(30);
    for (const field of ['userId', 'messageId', 'event', 'timestamp', 'type', 'properties']) {
      expect(JSON.stringify(refusalOf(aTrack({ [field]: secret })) ?? '')).not.toContain('kim@');
    }
  });

  test('null stands for an absent object', () => {
    const event = aTrack({ properties: null, traits: null, context: null, integrations: null });
    expect(collectOne(event)).toMatchObject({ properties: {}, traits: {} });
  });

  test('an alias joins the previous id to the user', () => {
    expect(collectOne({ type: 'alias', userId: 'u', previousId: 7 })).toMatchObject({
      type: 'alias',
      userId: 'u',
      previousId: '7',
      name: '',
    });
  });

  test('traits are those of identify and group only', () => {
    const traits = { plan: 'gold' };
    expect(collectOne({ type: 'identify', userId: 'u', traits }).traits).toEqual(traits);
    expect(collectOne({ type: 'group', userId: 'u', groupId: 'g', traits }).traits).toEqual(traits);
    expect(collectOne(aTrack({ traits })).traits).toEqual({});
  });
});

describe('where', () => {
  test('a page call is about the page: its properties win over the context', () => {
    const { page, name } = collectOne({
      type: 'page',
      userId: 'u',
      category: 'product',
      name: 'Tent',
      properties: { url: 'https://shop.kr/tent?x=1', title: 'A tent' },
      context: { page: { url: 'https://shop.kr/', path: '/', title: 'Home' } },
    });
    expect(name).toBe('Tent');
    expect(page).toEqual({
      url: 'https://shop.kr/tent?x=1',
      path: '/tent',
      title: 'A tent',
      category: 'product',
      name: 'Tent',
    });
  });

  test("a track call's properties are not about the page", () => {
    const properties = { url: 'https://shop.kr/product/1', category: 'Games', name: 'Chess' };
    expect(collectOne(aTrack({ properties })).page).toBeUndefined();
    const context = { page: { url: 'https://shop.kr/cart' } };
    expect(collectOne(aTrack({ properties, context })).page).toEqual({
      url: 'https://shop.kr/cart',
      path: '/cart',
      title: '',
      category: '',
      name: '',
    });
  });

  test('the category may stand in the properties', () => {
    const page = { type: 'page', userId: 'u', properties: { category: 'cart', name: 'Cart' } };
    expect(collectOne(page)).toMatchObject({
      name: 'Cart',
      page: { category: 'cart', name: 'Cart' },
    });
  });
});
