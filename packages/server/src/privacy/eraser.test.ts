import { workspaceId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { Eraser, type EraserDeps } from './eraser.ts';
import { KeyedHashes } from './keyed-hashes.ts';
import type { StoredErasure } from './ports.ts';

const T0 = 1_772_000_000_000;

function anErasure(erasureId: string): StoredErasure {
  return {
    workspaceId: workspaceId.parse('shop'),
    erasureId,
    requestedAt: T0 - HOUR_MS,
    personIds: [],
    removal: {
      traces: {
        profileIds: [],
        userIds: [erasureId],
        anonymousIds: [],
        emails: [],
        othersAnonymousIds: [],
      },
      lastOutboxId: 1n,
    },
    subjects: [],
    tables: [],
    planReferences: [],
    waitingFor: undefined,
    verifiedAt: undefined,
  };
}

/** An eraser over stores that keep what was done to them. */
function open(more: Partial<EraserDeps['log']> & { readonly handoverMs?: number } = {}) {
  const unfinished = [anErasure('asked')];
  const problems: string[] = [];
  const forgotten: string[] = [];
  const clock = { now: T0 };
  const unused = () => Promise.reject(new Error('nobody asks for this here'));
  const eraser = new Eraser({
    store: {
      create: unused,
      find: unused,
      list: unused,
      readPeople: unused,
      removePeople: unused,
      listUnfinished: async () => [...unfinished],
      listLinks: async () => [],
      noteProblem: async (_, erasureId) => {
        problems.push(erasureId);
      },
      finish: async () => {
        unfinished.pop();
      },
    },
    shipping: { lastOutboxId: async () => 1n, countWaiting: async () => 0 },
    log: {
      remove: async () => [],
      link: async () => {},
      listNoted: async () =>
        [...unfinished.map(({ erasureId }) => erasureId), 'of a killed node'].filter(
          (id) => !forgotten.includes(id),
        ),
      forget: async (erasureId) => {
        forgotten.push(erasureId);
      },
      ...more,
    },
    lists: { remove: async () => 0 },
    suppressions: { load: async () => {} },
    hashes: new KeyedHashes({ getOrKeep: async (_, fresh) => fresh }),
    planOf: () =>
      planDefinition.parse({
        version: 1,
        settings: { name: 'Shop' },
        segments: [],
        campaigns: [],
      }),
    settle: async () => {},
    forget: () => {},
    now: () => clock.now,
    graceMs: 0,
    handoverMs: more.handoverMs ?? 0,
  });
  return { eraser, unfinished, problems, forgotten, clock };
}

test('a stop while the event log deletes is no problem, and the erasure stays unfinished', async () => {
  let isAsked = false;
  const { eraser, unfinished, problems } = open({
    async remove(_, __, isStopped) {
      isAsked = true;
      await expect.poll(isStopped).toBe(true);
      return undefined;
    },
  });
  eraser.start();
  await expect.poll(() => isAsked).toBe(true);
  await eraser.stop();
  expect(unfinished).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('traces that no unfinished erasure needs are forgotten at the first turn', async () => {
  const { eraser, forgotten, unfinished } = open({ remove: async () => undefined });
  eraser.start();
  await expect.poll(() => forgotten).toEqual(['of a killed node']);
  await eraser.stop();
  expect(unfinished).toHaveLength(1);
});

test('where other nodes may still be at it, that waits until they are through', async () => {
  const early = open({ handoverMs: 1_000 });
  early.eraser.start();
  await expect.poll(() => early.unfinished).toEqual([]);
  await early.eraser.stop();
  expect(early.forgotten).toEqual([]);

  const later = open({ handoverMs: 1_000 });
  later.eraser.start();
  later.clock.now += 1_000;
  await expect.poll(() => later.forgotten).toEqual(['of a killed node']);
  await later.eraser.stop();
});
