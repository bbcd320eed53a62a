import type { Plan } from '@tenth/engine/plan/plan.ts';
import { aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCommitStore } from '../stores/postgres/commit-store.ts';
import { openTestDatabase, type TestDatabase } from '../stores/postgres/testing/open-test-store.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import type { CommitStore } from './ports.ts';
import { aServer, encodePlainly, WORKSPACE } from './testing/two-servers.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.remove());

/** Resolves when the test says so. */
function aGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** The store of a server whose next commits wait at a gate. */
function gatedStore(store: CommitStore) {
  let gate: Promise<void> | undefined;
  let waiting = 0;
  let finds = 0;
  return {
    store: {
      async find(...asked: Parameters<CommitStore['find']>) {
        const found = await store.find(...asked);
        finds += 1;
        return found;
      },
      async write(commit: Parameters<CommitStore['write']>[0]) {
        waiting += 1;
        await gate;
        return store.write(commit);
      },
    } satisfies CommitStore,
    close(until: Promise<void>) {
      gate = until;
      waiting = 0;
    },
    waiting: () => waiting,
    finds: () => finds,
  };
}

const viewOf = (...people: readonly string[]) =>
  people.map((anonymousId) => aTrack('Product Viewed', {}, { anonymousId }));
const view = (pipeline: Pipeline, ...people: readonly string[]) =>
  pipeline.process(WORKSPACE, viewOf(...people), false, T0);

test('a person who is let go of while in a commit that is lost is in the next one once', async () => {
  const store = createCommitStore(database.connection);
  const gated = gatedStore(store);
  const old = aPlan();
  const newer: Plan = { ...old, version: old.version + 1 };
  let plan = old;
  const published = aGate();
  const here = createPipeline({
    store: gated.store,
    plans: { get: () => plan, refresh: () => published.opened },
    toOutboxBody: encodePlainly,
    now: () => T0,
  });
  await view(here, 'p');
  await view(here, 'q');
  // Another server, with the next plan, founds x and has run the plan on them.
  const ahead = aServer(store, newer).pipeline;
  await view(ahead, 'x');
  await view(ahead, 'x');

  const written = aGate();
  gated.close(written.opened);
  const first = [view(here, 'p'), view(here, 'q')];
  await vi.waitFor(() => expect(gated.waiting()).toBe(1));
  // Of a batch of two, one is ahead of the plan here: it waits for it, and p is read anew for the next.
  const behind = view(here, 'p', 'x');
  await vi.waitFor(() => expect(gated.finds()).toBe(3));
  const next = view(here, 'p');
  await vi.waitFor(() => expect(gated.finds()).toBe(4));
  // Meanwhile a third server is faster with q, so that the commit under way is lost.
  await view(aServer(store, old).pipeline, 'q');
  plan = newer;
  published.open();
  written.open();
  await expect(Promise.all([...first, behind, next])).resolves.toHaveLength(4);
  const [row] = await database.connection.read<{ readonly people: number }>(
    'select count(*) as people from profiles where workspace_id = $1::text',
    [WORKSPACE],
  );
  expect(Number(row?.people)).toBe(3);
});
