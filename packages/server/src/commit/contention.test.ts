import { aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import { describe, expect, test } from 'vitest';
import { Contention } from './contention.ts';
import type { CommitStore } from './ports.ts';
import { createMemoryStore } from './testing/memory-store.ts';
import { aServer, WORKSPACE } from './testing/two-servers.ts';

const SERVERS = 3;
const PEOPLE = 300;
const EVENTS = 3_000;
const AT_A_TIME = 60;

/** Counts how often events were tried in vain. */
async function lostCommits(serverOf: (person: number, event: number) => number) {
  const store = createMemoryStore();
  const tally = { written: 0, lost: 0 };
  const slow: CommitStore = {
    async find(...asked) {
      await later();
      return store.find(...asked);
    },
    async write(commit) {
      await later();
      const outcome = await store.write(commit);
      tally[outcome.kind === 'done' ? 'written' : 'lost'] += 1;
      return outcome;
    },
  };
  const servers = Array.from({ length: SERVERS }, () => aServer(slow, aPlan()));
  let event = 0;
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (event < EVENTS) {
        event += 1;
        const person = (event * 7_919) % PEOPLE;
        const track = aTrack('Product Viewed', {}, { anonymousId: `a${person}` });
        const { pipeline } = servers[serverOf(person, event) % SERVERS] ?? {};
        await pipeline?.process(WORKSPACE, [track], false, T0);
      }
    }),
  );
  return tally;
}

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('servers that change the same people', () => {
  test('without affinity, people are read again rather than each commit lost to find out', async () => {
    const { written, lost } = await lostCommits(
      (_, event) => Math.imul(event, 2_654_435_761) >>> 16,
    );
    expect(lost).toBeLessThan(written / 4);
  });

  test('with affinity, nothing is lost', async () => {
    expect(await lostCommits((person) => person)).toMatchObject({ lost: 0 });
  });
});

test('a server remembers people again some time after the last commits were lost', () => {
  const contention = new Contention();
  for (let commit = 0; commit < 4; commit += 1) {
    expect(contention.add(true, 0)).toBe(false);
  }
  expect(contention.isHigh(0)).toBe(false);
  expect(contention.add(true, 0)).toBe(true);
  expect(contention.isHigh(9_999)).toBe(true);
  expect(contention.isHigh(10_000)).toBe(false);
});
