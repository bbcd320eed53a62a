import { Counter, Registry } from 'prom-client';
import { afterEach, expect, test, vi } from 'vitest';
import { PoolCollection, type PoolMember } from './pool-collection.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** What a worker tells that has counted so far. */
async function counted(events: number) {
  const registry = new Registry();
  new Counter({ name: 'events_total', help: 'x', registers: [registry] }).inc(events);
  return registry.getMetricsAsJSON();
}

function open() {
  const failures: unknown[] = [];
  const all = new PoolCollection({ count: 2, onFailed: (error) => failures.push(error) });
  /** A worker that answers with what it has counted; undefined: with nothing, ever. */
  const join = async (events: number | undefined): Promise<PoolMember> => {
    const metrics = events === undefined ? undefined : await counted(events);
    const member: PoolMember = {
      ask(id) {
        if (metrics !== undefined) {
          all.hear(member, { id, metrics });
        }
      },
    };
    all.join(member);
    return member;
  };
  return { all, join, failures };
}

test('what all have counted is added up', async () => {
  const { all, join } = open();
  await join(2);
  await join(3);
  const text = await all.render();
  expect(text).toMatch(/^events_total 5$/m);
  expect(text).toMatch(/^tenth_workers 2$/m);
  expect(text).toMatch(/^tenth_workers_missing 0$/m);
});

test('without one that has not started yet the others are told, and how many are missing', async () => {
  const { all, join, failures } = open();
  await join(2);
  const text = await all.render();
  expect(text).toMatch(/^events_total 2$/m);
  expect(text).toMatch(/^tenth_workers_missing 1$/m);
  expect(failures).toEqual([]);
});

test('before any of them has started there is an answer', async () => {
  expect(await open().all.render()).toMatch(/^tenth_workers_missing 2$/m);
});

test('one that ends while it is asked is not waited for', async () => {
  const { all, join, failures } = open();
  await join(2);
  const dying = await join(undefined);
  const rendered = all.render();
  all.leave(dying);
  expect(await rendered).toMatch(/^tenth_workers_missing 1$/m);
  expect(await all.render()).toMatch(/^events_total 2$/m);
  expect(failures).toEqual([]);
});

test('one that stands still is left out after three seconds, and that is told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { all, join, failures } = open();
  await join(2);
  await join(undefined);
  const rendered = all.render();
  vi.advanceTimersByTime(3_000);
  const text = await rendered;
  expect(text).toMatch(/^tenth_workers_missing 1$/m);
  expect(failures).toHaveLength(1);
});

test('one that cannot be asked or cannot read its figures is left out', async () => {
  const { all, join, failures } = open();
  await join(2);
  const error = new Error('its channel is closed');
  const cut: PoolMember = {
    ask() {
      throw error;
    },
  };
  all.join(cut);
  expect(await all.render()).toMatch(/^tenth_workers_missing 1$/m);
  expect(failures).toEqual([error]);
  all.leave(cut);
  const unable: PoolMember = { ask: (id) => all.hear(unable, { id, metrics: undefined }) };
  all.join(unable);
  expect(await all.render()).toMatch(/^tenth_workers_missing 1$/m);
});

test('an answer to an earlier question is not taken for one to this', async () => {
  const { all } = open();
  const asked: number[] = [];
  const member: PoolMember = { ask: (id) => asked.push(id) };
  all.join(member);
  const first = all.render();
  const second = all.render();
  all.hear(member, { id: asked[1] ?? 0, metrics: await counted(7) });
  all.hear(member, { id: asked[0] ?? 0, metrics: await counted(6) });
  expect(await first).toMatch(/^events_total 6$/m);
  expect(await second).toMatch(/^events_total 7$/m);
});
