import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Elections } from './elections.ts';
import type { LeaseName, Leases } from './ports.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** One lease in memory, with a switch that takes the store away. */
function aStore() {
  let held: { holder: string; untilMs: number } | undefined;
  const store = { isAway: false };
  const leases: Leases = {
    async take(names, holder, heldMs) {
      if (store.isAway) {
        throw new Error('away');
      }
      if (held !== undefined && held.holder !== holder && held.untilMs > performance.now()) {
        return new Set<LeaseName>();
      }
      held = { holder, untilMs: performance.now() + heldMs };
      return new Set(names);
    },
    async release(holder) {
      held = held?.holder === holder ? undefined : held;
    },
  };
  return Object.assign(store, { leases });
}

function aNode(leases: Leases, holder: string) {
  const events: string[] = [];
  const elections = new Elections({
    leases,
    holder,
    elapsedMs: () => performance.now(),
    work: new Map([
      [
        'ship',
        {
          start: () => events.push('start'),
          stop: async () => {
            events.push('stop');
          },
        },
      ],
    ]),
  });
  return { elections, events };
}

test('one node works; when it ends, the next takes over at once', async () => {
  const { leases } = aStore();
  const [one, two] = [aNode(leases, 'one'), aNode(leases, 'two')];
  one.elections.start();
  await vi.advanceTimersByTimeAsync(10);
  two.elections.start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect([one.events, two.events]).toEqual([['start'], []]);
  await one.elections.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([one.events, two.events]).toEqual([['start', 'stop'], ['start']]);
  await two.elections.stop();
});

test('a node that was killed is replaced within six seconds', async () => {
  const { leases } = aStore();
  await leases.take(['ship'], 'killed', 5_000);
  const { elections, events } = aNode(leases, 'next');
  elections.start();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(events).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(events).toEqual(['start']);
  await elections.stop();
});

test('a leader that cannot renew stops before its lease expires, and goes on when it can again', async () => {
  const store = aStore();
  const { elections, events } = aNode(store.leases, 'one');
  elections.start();
  await vi.advanceTimersByTimeAsync(10);
  store.isAway = true;
  await vi.advanceTimersByTimeAsync(4_900);
  expect(events).toEqual(['start', 'stop']);
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(events).toEqual(['start', 'stop', 'start']);
  await elections.stop();
});
