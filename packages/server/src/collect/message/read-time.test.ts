import { describe, expect, test } from 'vitest';
import { aTrack, collect, collectOne, receivedAt, refusalOf } from '../testing/collect-one.ts';
import { readTime } from './read-time.ts';

const HOUR_MS = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();

describe('a time', () => {
  test.each([
    ['2012-12-02T00:30:08.276Z', Date.UTC(2012, 11, 2, 0, 30, 8, 276)],
    ['2015-2-02T00:30:08.276Z', Date.UTC(2015, 1, 2, 0, 30, 8, 276)],
    ['2026-05-01T09:00:00+09:00', Date.UTC(2026, 4, 1)],
    ['2026-05-01T09:00:00.123456+0900', Date.UTC(2026, 4, 1, 0, 0, 0, 123)],
    ['2026-05-01 09:00:00+09', Date.UTC(2026, 4, 1)],
    ['2026-05-01T09:00:00', Date.UTC(2026, 4, 1, 9)],
    ['2026-05-01T09:00z', Date.UTC(2026, 4, 1, 9)],
    ['2026-05-01', Date.UTC(2026, 4, 1)],
    [1_777_593_600_000, 1_777_593_600_000],
    [1_777_593_600_000.7, 1_777_593_600_000],
    [null, undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j reads %d', (value, expected) => {
    expect(readTime(value, 'timestamp')).toBe(expected);
  });

  test.each([
    ['yesterday'],
    ['2026-13-01T00:00:00Z'],
    ['2026-05-01T25:00:00Z'],
    ['1777593600000'],
    [1e300],
    [true],
    [{}],
    [[]],
    ['2'.repeat(10_000)],
  ])('garbage is refused by the name of its field', (value) => {
    for (const field of ['timestamp', 'sentAt', 'originalTimestamp']) {
      expect(refusalOf(aTrack({ [field]: value }))?.field).toBe(field);
    }
  });
});

describe("the client's clock", () => {
  test('cancels out: receivedAt - (sentAt - originalTimestamp)', () => {
    const slow = receivedAt - 7 * HOUR_MS;
    const event = aTrack({ timestamp: iso(slow - 5_000), sentAt: iso(slow) });
    expect(collectOne(event).at).toBe(receivedAt - 5_000);
  });

  test('is the one of the batch where the event has no sentAt of its own', () => {
    const fast = receivedAt + 3 * 24 * HOUR_MS;
    const body = { batch: [aTrack({ timestamp: fast - 60_000 })], sentAt: fast };
    expect(collect(body).accepted[0]?.event.at).toBe(receivedAt - 60_000);
  });

  test('may stand at 1970 or 2100: corrected, the event is of now', () => {
    for (const clock of ['1970-01-01T00:01:00.000Z', '2100-01-01T00:00:00.000Z']) {
      expect(collectOne(aTrack({ timestamp: clock, sentAt: clock })).at).toBe(receivedAt);
    }
  });

  test('is read from originalTimestamp where both are sent', () => {
    const event = aTrack({
      originalTimestamp: iso(receivedAt - 9_000),
      timestamp: iso(receivedAt - 1_000),
      sentAt: iso(receivedAt),
    });
    expect(collectOne(event).at).toBe(receivedAt - 9_000);
  });

  test('does not move an import without sentAt', () => {
    expect(collectOne(aTrack({ timestamp: '2012-12-02T00:30:08.276Z' })).at).toBe(
      Date.UTC(2012, 11, 2, 0, 30, 8, 276),
    );
  });

  test('without a timestamp, the event happened when it arrived', () => {
    expect(collectOne(aTrack({ sentAt: '2012-12-02T00:30:08.276Z' })).at).toBe(receivedAt);
  });

  test('up to 24 hours ahead is now; beyond, and before 2000, is refused by name', () => {
    expect(collectOne(aTrack({ timestamp: receivedAt + 23 * HOUR_MS })).at).toBe(receivedAt);
    const refused = ['2100-01-01T00:00:00Z', receivedAt + 25 * HOUR_MS, '1970-01-01T00:00:00Z', 0];
    for (const timestamp of [...refused, receivedAt / 1000, '1999-12-31']) {
      expect(refusalOf(aTrack({ timestamp }))?.field).toBe('timestamp');
    }
  });
});
