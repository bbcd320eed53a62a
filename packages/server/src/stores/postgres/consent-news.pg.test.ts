import { anEvent, aPlan, T0 } from '@tenth/engine/testing/builders.ts';
import type { ConsentAnswer } from '@tenth/model/consent-record.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aServer, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { profileIdOf } from '../../identify/profile-id.ts';
import { unmerge } from '../../identify/unmerge.ts';
import { type ConsentingEvent, Consents } from '../../privacy/consents.ts';
import { currentConsents } from '../../privacy/current-consents.ts';
import { tracesOf } from '../../privacy/person-traces.ts';
import type { NewConsent } from '../../privacy/ports.ts';
import { createCommitStore } from './commit-store.ts';
import { createConsentStore } from './consent-store.ts';
import { createErasureStore } from './erasure-store.ts';
import { createMergeStore } from './merge-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await createWorkspaceStore(database.connection).ensure(WORKSPACE, 0);
});
afterAll(() => database.remove());

interface Named {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

const idOf = (userId: string) => profileIdOf(WORKSPACE, { kind: 'user_id', value: userId });

/** A shop's page says so with an event. */
function page(who: Named, state: ConsentAnswer, at = T0, textVersion = 'v1'): ConsentingEvent {
  return {
    event: anEvent({ userId: undefined, anonymousId: undefined, ...who, at, receivedAt: at }),
    answers: new Map([['marketing_sms', state]]),
    textVersion,
    source: 'banner',
  };
}

function open() {
  const { connection } = database;
  const store = createConsentStore(connection);
  const merges = createMergeStore(connection, () => new Uint8Array());
  const { pipeline } = aServer(createCommitStore(connection));
  const consents = new Consents(store);
  return {
    store,
    merges,
    pipeline,
    node: () => new Consents(store),
    say: (...events: ConsentingEvent[]) => consents.note(WORKSPACE, events),
    meet: (who: Named, at = T0) =>
      pipeline.process(
        WORKSPACE,
        [
          anEvent({
            userId: undefined,
            anonymousId: undefined,
            ...who,
            type: who.userId === undefined ? 'page' : 'identify',
            messageId: `${who.userId} ${who.anonymousId} ${at}` as never,
            at,
            receivedAt: at,
          }),
        ],
        false,
        at,
      ),
    /** The call centre writes it down. */
    write: (userId: string, state: ConsentAnswer, at = T0, textVersion = 'v1') =>
      store.append([byApi(userId, { state, at, textVersion })]),
    async records(userId: string) {
      const filed = await store.list(WORKSPACE, idOf(userId));
      return filed.map(({ state, givenBy }) => `${givenBy === 'event' ? 'page' : 'api'} ${state}`);
    },
    async stands(userId: string) {
      const filed = await store.list(WORKSPACE, idOf(userId));
      const merged = await merges.list(WORKSPACE, idOf(userId));
      const mergedAt = merged.filter(({ undoneAt }) => undoneAt === null).map(({ at }) => at);
      return currentConsents(filed, mergedAt.sort().at(-1))[0]?.state;
    },
  };
}

function byApi(
  userId: string,
  { state, at, textVersion }: Pick<NewConsent, 'state' | 'at' | 'textVersion'>,
): NewConsent {
  return {
    workspaceId: WORKSPACE,
    identifier: { kind: 'user_id', value: userId },
    purpose: 'marketing_sms',
    state,
    at,
    receivedAt: at,
    textVersion,
    source: 'call centre',
    givenBy: 'api_key:k1',
  };
}

describe('answers of one moment', () => {
  test('a yes and the no after it are both kept, whichever stood before', async () => {
    const { meet, say, node, stands, records } = open();
    await meet({ userId: 'a1', anonymousId: 'da1' });
    const who = { userId: 'a1', anonymousId: 'da1' };
    await say(page(who, 'withdrawn'));
    await say(page(who, 'granted', T0 + 1), page(who, 'withdrawn', T0 + 2));
    expect(await stands('a1')).toBe('withdrawn');
    expect(await records('a1')).toEqual(['page withdrawn', 'page granted', 'page withdrawn']);
    const other = node();
    await Promise.all([
      other.note(WORKSPACE, [page(who, 'withdrawn', T0 + 3)]),
      other.note(WORKSPACE, [page(who, 'granted', T0 + 4)]),
      other.note(WORKSPACE, [page(who, 'withdrawn', T0 + 5)]),
    ]);
    expect(await stands('a1')).toBe('withdrawn');
  });

  test('what several nodes hear at once is written down once', async () => {
    const { meet, node, records } = open();
    const who = { userId: 'a2', anonymousId: 'da2' };
    await meet(who);
    const yes = page(who, 'granted');
    await Promise.all(Array.from({ length: 30 }, () => node().note(WORKSPACE, [yes, yes])));
    expect(await records('a2')).toEqual(['page granted']);
  });
});

describe('a page repeats what it was told', () => {
  test('a stale yes does not outweigh a no of the call centre, on any node', async () => {
    const { meet, say, node, write, stands, records } = open();
    const who = { userId: 'b1', anonymousId: 'db1' };
    await meet(who);
    await say(page(who, 'granted'));
    await write('b1', 'withdrawn', T0 + 1);
    await say(page(who, 'granted', T0 + 2));
    await node().note(WORKSPACE, [page(who, 'granted', T0 + 3)]);
    expect(await stands('b1')).toBe('withdrawn');
    expect(await records('b1')).toEqual(['page granted', 'api withdrawn']);
  });

  test('a no takes effect after a yes from elsewhere, also where the node has heard it before', async () => {
    const { meet, say, node, write, stands } = open();
    const who = { userId: 'b2', anonymousId: 'db2' };
    await meet(who);
    await say(page(who, 'withdrawn'));
    await write('b2', 'granted', T0 + 1);
    await say(page(who, 'withdrawn', T0 + 2));
    expect(await stands('b2')).toBe('withdrawn');
    const otherBrowser = { userId: 'b2', anonymousId: 'db2-phone' };
    await node().note(WORKSPACE, [page(otherBrowser, 'granted', T0 + 3)]);
    expect(await stands('b2')).toBe('granted');
    await say(page(who, 'withdrawn', T0 + 4));
    expect(await stands('b2')).toBe('withdrawn');
  });

  test('what was said before anybody knew the person is heard once they are known', async () => {
    const { meet, say, records } = open();
    const who = { userId: 'b3', anonymousId: 'db3' };
    await say(page(who, 'withdrawn'));
    await meet(who);
    await say(page(who, 'withdrawn', T0 + 1));
    expect(await records('b3')).toEqual(['page withdrawn']);
  });

  test.each(['granted', 'withdrawn'] as const)(
    'a %s of somebody who was erased is heard when they begin anew',
    async (state) => {
      const { meet, say, pipeline, records } = open();
      const userId = `b4-${state}`;
      const who = { userId, anonymousId: `d${userId}` };
      await meet(who);
      await say(page(who, state));
      await erase(userId);
      await pipeline.forget(WORKSPACE, [idOf(userId)]);
      expect(await records(userId)).toEqual([]);
      await meet(who, T0 + 10);
      await say(page(who, state, T0 + 11));
      expect(await records(userId)).toEqual([`page ${state}`]);
    },
  );

  test('a yes after the browser’s own no counts, also where the call centre had said no before it', async () => {
    const { meet, say, write, stands } = open();
    const who = { userId: 'b5', anonymousId: 'db5' };
    await meet(who);
    await say(page(who, 'granted'));
    await write('b5', 'withdrawn', T0 + 1);
    await say(page(who, 'withdrawn', T0 + 2));
    await say(page(who, 'granted', T0 + 3));
    expect(await stands('b5')).toBe('granted');
    await say(page(who, 'withdrawn', T0 + 4));
    expect(await stands('b5')).toBe('withdrawn');
  });

  test('what arrives late changes nothing that was said after it', async () => {
    const { meet, say, stands, records } = open();
    const who = { userId: 'b6', anonymousId: 'db6' };
    await meet(who);
    await say(page(who, 'granted'));
    await say(page(who, 'withdrawn', T0 + 9));
    await say(page(who, 'granted', T0 + 5), page(who, 'granted', T0 + 6));
    expect(await stands('b6')).toBe('withdrawn');
    expect(await records('b6')).toEqual(['page granted', 'page withdrawn']);
    await say(page(who, 'granted', T0 + 10));
    expect(await stands('b6')).toBe('granted');
    await say(page(who, 'withdrawn', T0 + 4));
    expect(await stands('b6')).toBe('granted');
  });
});

async function erase(userId: string): Promise<void> {
  const erasures = createErasureStore(database.connection);
  const erasureId = `e-${userId}`;
  await erasures.create({
    workspaceId: WORKSPACE,
    erasureId,
    requestedAt: T0,
    personIds: [idOf(userId)],
    subjects: [userId],
  });
  const erasure = await erasures.find(WORKSPACE, erasureId);
  const person = await erasures.readPeople(WORKSPACE, [idOf(userId)]);
  if (erasure === undefined || person === undefined) {
    throw new Error('both are there');
  }
  const found = { traces: tracesOf(WORKSPACE, person), subjects: [userId] };
  expect(await erasures.removePeople(erasure, person, found)).toBe(true);
}

describe('of people who were merged', () => {
  /** A visitor on a second device signs in as a member. */
  async function merge(userId: string) {
    const tenth = open();
    const anonymousId = `d${userId}`;
    await tenth.meet({ userId });
    await tenth.meet({ anonymousId });
    return {
      ...tenth,
      anonymousId,
      signIn: () => tenth.meet({ userId, anonymousId }, T0 + 10),
    };
  }

  test('the browser that said yes before repeats it, and a no since then stands', async () => {
    const { say, write, signIn, anonymousId, stands, records } = await merge('m1');
    await say(page({ anonymousId }, 'granted'));
    await signIn();
    await write('m1', 'withdrawn', T0 + 11);
    await say(page({ userId: 'm1', anonymousId }, 'granted', T0 + 12));
    expect(await stands('m1')).toBe('withdrawn');
    expect(await records('m1')).toEqual(['page granted', 'api withdrawn']);
  });

  test('a no of the one stands until somebody says yes of both, also in the words of before', async () => {
    const { say, write, signIn, anonymousId, stands } = await merge('m2');
    await say(page({ anonymousId }, 'withdrawn'));
    await write('m2', 'granted', T0 + 5);
    await signIn();
    expect(await stands('m2')).toBe('withdrawn');
    await write('m2', 'granted', T0 + 11);
    expect(await stands('m2')).toBe('granted');
    await say(page({ anonymousId }, 'withdrawn', T0 + 12));
    expect(await stands('m2')).toBe('withdrawn');
  });

  test('answers of whom a merge was undone for do not count', async () => {
    const { say, merges, signIn, anonymousId, stands, records } = await merge('m3');
    await say(page({ anonymousId }, 'granted'));
    await signIn();
    const [made] = await merges.list(WORKSPACE, idOf('m3'));
    await unmerge(
      {
        store: merges,
        history: { eventsSince: async () => [] },
        plans: { get: () => aPlan() },
        now: () => T0 + 20,
      },
      WORKSPACE,
      made?.mergeId ?? '',
    );
    expect(await records('m3')).toEqual([]);
    // The member on that device, who is somebody else, has said nothing yet.
    await say(page({ userId: 'm3', anonymousId }, 'granted', T0 + 21));
    expect(await records('m3')).toEqual(['page granted']);
    await say(page({ anonymousId }, 'withdrawn', T0 + 22));
    expect(await stands('m3')).toBe('granted');
  });

  test('a member is never merged into another, so there is no merge of a merge to follow', async () => {
    const { say, signIn, pipeline, anonymousId, records } = await merge('m4');
    await say(page({ anonymousId }, 'withdrawn'));
    await signIn();
    await pipeline.process(
      WORKSPACE,
      [anEvent({ type: 'alias', userId: 'm4-b', previousId: 'm4', anonymousId: undefined })],
      false,
      T0 + 20,
    );
    expect(await records('m4')).toEqual(['page withdrawn']);
    expect(await records('m4-b')).toEqual([]);
  });
});

type Saying = { readonly state: ConsentAnswer; readonly textVersion: string; readonly at: number };
type Act =
  | (Saying & { readonly kind: 'page'; readonly browser: number; readonly node: number })
  | (Saying & { readonly kind: 'api' })
  | { readonly kind: 'restart'; readonly node: number }
  | { readonly kind: 'join' };

const saying = {
  state: fc.constantFrom<ConsentAnswer>('granted', 'withdrawn'),
  textVersion: fc.constantFrom('v1', 'v1', 'v2'),
  at: fc.integer({ min: 0, max: 12 }),
};
const both = fc.integer({ min: 0, max: 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('page'), ...saying, browser: both, node: both }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('api'), ...saying }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart'), node: both }) },
);

/** The rule of docs/privacy.md as plainly as can be: a list, looked through from its end. */
class PlainRecords {
  readonly #kept: (Saying & { readonly by: string })[] = [];

  say(one: Saying & { readonly by: string }): void {
    const standing = this.#lastBefore(one.at, () => true);
    const own = this.#lastBefore(one.at, ({ by }) => by === one.by);
    const repeats = (last: Saying | undefined) =>
      last?.state === one.state && last.textVersion === one.textVersion;
    const isRepetition =
      one.by === 'api'
        ? repeats(standing)
        : one.state === 'granted'
          ? repeats(own)
          : standing?.state === 'withdrawn' && own?.state === 'withdrawn';
    if (!isRepetition) {
      this.#kept.push(one);
    }
  }

  get all(): readonly string[] {
    return this.#kept.map(
      ({ by, state, textVersion, at }) => `${by} ${state} ${textVersion} ${at}`,
    );
  }

  get standing(): ConsentAnswer | undefined {
    return this.#lastBefore(Number.POSITIVE_INFINITY, () => true)?.state;
  }

  #lastBefore(at: number, isMeant: (one: { readonly by: string }) => boolean) {
    const before = this.#kept.filter((one) => one.at <= at && isMeant(one));
    const latest = Math.max(...before.map((one) => one.at));
    return before.filter((one) => one.at === latest).at(-1);
  }
}

let runs = 0;

test('on two nodes that are restarted, however requests fall together, the rule decides', async () => {
  const { node, store, meet, stands } = open();
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 24 }),
      fc.boolean(),
      // How many events there are in each request, and how many requests are under way at once.
      fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
      fc.integer({ min: 0, max: 6 }),
      async (acts, isInOrder, sizes, joinAt) => {
        runs += 1;
        const userId = `p${runs}`;
        const nodes = [node(), node()];
        const model = new PlainRecords();
        let isKnown = false;
        let batch: ConsentingEvent[] = [];
        let batchNode = 0;
        let underWay: Promise<void>[] = [];
        const send = () => {
          if (batch.length > 0) {
            underWay.push(nodes[batchNode]?.note(WORKSPACE, batch) ?? Promise.resolve());
            batch = [];
          }
        };
        const settle = async () => {
          send();
          await Promise.all(underWay);
          underWay = [];
        };
        for (const [place, one] of [
          ...acts.slice(0, joinAt),
          { kind: 'join' } as const,
          ...acts.slice(joinAt),
        ].entries()) {
          if (one.kind === 'join') {
            await settle();
            await meet({ userId });
            isKnown = true;
          } else if (one.kind === 'restart') {
            await settle();
            nodes[one.node] = node();
          } else {
            const at = T0 + (isInOrder ? place : one.at);
            const { kind, state, textVersion } = one;
            const by = one.kind === 'api' ? 'api' : `${userId}-${one.browser}`;
            if (kind === 'api') {
              await settle();
              await store.append([byApi(userId, { state, at, textVersion })]);
            } else {
              if (one.node !== batchNode) {
                await settle();
                batchNode = one.node;
              }
              batch.push(page({ userId, anonymousId: by }, state, at, textVersion));
              if (batch.length >= (sizes.next().value ?? 1)) {
                send();
              }
            }
            if (isKnown) {
              model.say({ by, state, textVersion, at });
            }
          }
        }
        await settle();
        const filed = await store.list(WORKSPACE, idOf(userId));
        expect(
          filed.map(
            ({ givenBy, anonymousId, state, textVersion, at }) =>
              `${givenBy === 'event' ? anonymousId : 'api'} ${state} ${textVersion} ${Date.parse(at)}`,
          ),
        ).toEqual(model.all);
        expect(await stands(userId)).toBe(model.standing);
      },
    ),
    { numRuns: 80 },
  );
});
