import { type ProfileId, workspaceId } from '@tenth/model/ids.ts';
import type { LoggedEvent } from '@tenth/model/log-record.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anEvent, aProfileId } from '../measure/testing/log-builders.ts';
import { openTestLog } from '../measure/testing/open-test-log.ts';
import { findEverMerged } from '../replay/ever-merged.ts';
import { readEventLines } from './event-lines.ts';
import { oneOfEach, readSortedPage, type SortedPlace, sortEvents } from './sorted-events.ts';

const SHOP = workspaceId.parse('shop');
const OTHER = workspaceId.parse('other');
const T0 = Date.UTC(2026, 2, 1);
const [early, alone, left, right, moved, bot] = [1, 2, 3, 4, 5, 6].map(aProfileId) as [
  ProfileId,
  ProfileId,
  ProfileId,
  ProfileId,
  ProfileId,
  ProfileId,
];

let count = 0;
function logged(
  profileId: ProfileId,
  given: { at?: number; absorbed?: ProfileId } = {},
): LoggedEvent {
  count += 1;
  return {
    // What would break a line apart, if it were not kept as JSON.
    event: anEvent({
      messageId: `m${count}`,
      type: 'track',
      name: 'Tested',
      at: given.at ?? T0 + HOUR_MS + count,
      properties: { text: 'tab\tline\nquote"back\\slash' },
      isBot: profileId === bot,
    }),
    profileId,
    session: undefined,
    isNewVisitor: false,
    isMember: false,
    trace: undefined,
    facts: undefined,
    run:
      profileId === bot
        ? undefined
        : { decideAt: T0 + 1, planVersion: 3, isFirst: false, absorbed: given.absorbed },
  };
}

const events = [
  logged(early, { at: T0 - HOUR_MS }),
  logged(moved),
  logged(left, { absorbed: moved }),
  logged(alone, { at: T0 - HOUR_MS }),
  // Parted from the one, and merged into another.
  logged(moved),
  logged(right, { absorbed: moved }),
  logged(bot),
  logged(alone),
  logged(left),
];

describe('events in the order of a simulation', () => {
  let log: Awaited<ReturnType<typeof openTestLog>>;
  beforeAll(async () => {
    log = await openTestLog();
    const nothing = { decisions: [], personLinks: [] };
    await log.append([
      { workspaceId: SHOP, events, ...nothing },
      { workspaceId: OTHER, events: [logged(alone)], ...nothing },
    ]);
  });
  afterAll(() => log.close());

  test('are those of people of the period, whole people together, read back as they were', async () => {
    const reader = log.readerOf(SHOP);
    const period = { from: T0, to: T0 + 24 * HOUR_MS };
    const sorted = await sortEvents(reader, period, 2, Date.now());
    expect(sorted).toMatchObject({ people: 2, events: 7 });
    const read = [];
    for (const shard of [0, 1]) {
      let place: SortedPlace | undefined;
      do {
        const page = await readSortedPage(reader, sorted, shard, place);
        read.push(...readEventLines(page.text));
        place = page.next;
      } while (place !== undefined);
    }
    await sorted.drop();
    const people = new Map<string, string[]>();
    for (const { person, recorded } of read) {
      people.set(person, [...(people.get(person) ?? []), recorded.event.messageId]);
    }
    expect([...people.values()].sort((one, other) => one.length - other.length)).toEqual([
      ['m4', 'm8'],
      ['m2', 'm3', 'm5', 'm6', 'm9'],
    ]);
    const found = read.find(({ recorded }) => recorded.event.messageId === 'm3')?.recorded;
    expect(found).toMatchObject({ decideAt: T0 + 1, planVersion: 3, isFirst: false });
    expect(found?.absorbed).toBe(moved);
    expect(found?.event).toEqual(events[2]?.event);
  });

  test('a person is made of all that were ever merged with them', async () => {
    const all = await findEverMerged(log.readerOf(SHOP), [right]);
    expect([...all].sort()).toEqual([left, right, moved].sort());
    expect(await findEverMerged(log.readerOf(OTHER), [right])).toEqual([right]);
  });
});

test('groups that share a member are one', () => {
  const one = oneOfEach([
    ['b', 'c'],
    ['x', 'y'],
    ['c', 'a'],
    ['d', 'b'],
  ]);
  expect(['a', 'b', 'c', 'd'].map((member) => one.get(member))).toEqual(['a', 'a', 'a', 'a']);
  expect(one.get('y')).toBe('x');
});
