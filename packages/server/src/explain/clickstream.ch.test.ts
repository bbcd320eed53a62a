import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import { Replay } from '@tenth/engine/replay/replay.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestLog } from '../measure/testing/open-test-log.ts';
import { SeededRandom } from '../measure/testing/seeded-random.ts';
import { listRecordedEvents } from '../replay/list-recorded-events.ts';
import { PlanVersions } from '../replay/plan-versions.ts';
import { clickstreamMissing, readClickstream } from '../replay/testing/clickstream.ts';
import { type RecordedStream, recordStream } from '../replay/testing/record-stream.ts';
import { shopPlans } from '../replay/testing/shop-plans.ts';
import { explainPersonMoment } from './explain-person-moment.ts';

const SHOP = workspaceId.parse('shop');
const MOMENTS = Number(process.env.TENTH_EXPLAINED_MOMENTS ?? 120);

describe.skipIf(clickstreamMissing !== undefined)(
  `a real clickstream${clickstreamMissing === undefined ? '' : `: ${clickstreamMissing}`}`,
  () => {
    const definitions = shopPlans();
    const plans = new PlanVersions({
      find: async (_, version) => definitions.find((one) => one.version === version),
    });
    let log: Awaited<ReturnType<typeof openTestLog>>;
    let stream: RecordedStream;

    beforeAll(async () => {
      stream = await recordStream(await readClickstream(), { workspaceId: SHOP, definitions });
      log = await openTestLog();
      for (let from = 0; from < stream.records.length; from += 1_000) {
        await log.append(stream.records.slice(from, from + 1_000));
      }
    });
    afterAll(() => log?.close());

    const events = () => stream.records.flatMap((record) => record.events);

    async function readAll(): Promise<readonly RecordedEvent[]> {
      const ids = [...new Set(events().map(({ profileId }) => profileId))];
      const all: RecordedEvent[] = [];
      for await (const page of listRecordedEvents(log.readerOf(SHOP), ids)) {
        all.push(...page);
      }
      return all;
    }

    test('run again, twice, gives the same decisions and traces byte for byte', async () => {
      const recorded = await readAll();
      expect(recorded.length).toBe(events().length);
      expect(recorded.filter(({ absorbed }) => absorbed !== undefined).length).toBeGreaterThan(10);
      const { planOf } = await plans.load(SHOP, [4, 5, 6], new Map());
      const run = () => {
        const replay = new Replay(planOf);
        const applied = recorded.map((one) => replay.take(one).applied);
        expect(replay.isWhole).toBe(true);
        return {
          decisions: applied.flatMap(({ decisions }) => decisions),
          traces: applied.flatMap(({ trace }) => trace ?? []),
          logged: applied.flatMap(({ logged }) => logged),
        };
      };
      const once = run();
      expect(JSON.stringify(run())).toBe(JSON.stringify(once));
      expect(JSON.stringify(once.decisions)).toBe(JSON.stringify(stream.decisions));
      expect(JSON.stringify(once.traces)).toBe(
        JSON.stringify(events().flatMap(({ trace }) => trace ?? [])),
      );
      expect(JSON.stringify(once.logged)).toBe(
        JSON.stringify(stream.records.flatMap(({ decisions }) => decisions)),
      );
      const kinds = new Set(
        once.traces.flatMap(({ considered }) => considered.map(({ outcome }) => outcome.kind)),
      );
      expect([...kinds].sort()).toEqual([
        'capped',
        'crowded_out',
        'failed',
        'kept',
        'shown',
        'withdrawn',
        'withheld',
      ]);
    });

    test(`${MOMENTS} past decisions, drawn at random, are explained as they were made`, {
      timeout: 60_000 + MOMENTS * 1_000,
    }, async () => {
      const random = new SeededRandom(7);
      const decided = events().filter(({ trace }) => trace !== undefined);
      const reader = log.readerOf(SHOP);
      for (let count = 0; count < MOMENTS; count += 1) {
        const moment = decided[Math.floor(random.next() * decided.length)];
        if (moment?.trace === undefined) {
          throw new Error('every decided moment has a trace');
        }
        const explained = await explainPersonMoment(
          { log: reader, plans, lists: new Map() },
          {
            profileId: moment.profileId,
            campaignId: undefined,
            at: moment.trace.at,
            messageId: moment.event.messageId,
          },
        );
        expect(explained.isAsLogged).toBe(true);
        expect(explained.isWhole).toBe(true);
        expect(explained.at).toBe(new Date(moment.trace.at).toISOString());
        const outcomes = new Map(
          explained.campaigns.map(({ campaignId, outcome }) => [campaignId, outcome]),
        );
        for (const { campaignId, outcome } of moment.trace.considered) {
          if (outcome.kind !== 'withdrawn') {
            expect(outcomes.get(campaignId)).toEqual(outcome);
          }
        }
        for (const { outcome, audience, caps, smallestChange } of explained.campaigns) {
          if (outcome.kind === 'failed' && outcome.stage === 'audience') {
            expect(audience.holds).toBe(false);
            expect(smallestChange?.changes.length).toBeGreaterThan(0);
          }
          if (outcome.kind === 'capped') {
            const reached = caps.find(({ isReached }) => isReached);
            expect(reached).toMatchObject({ cap: outcome.cap, count: outcome.count });
          }
        }
      }
    });

    test('without a message, the last decision up to the moment is taken', async () => {
      const decided = events().filter(({ run }) => run?.decideAt !== undefined);
      const moment = decided[5_000];
      const at = moment?.run?.decideAt ?? 0;
      const explained = await explainPersonMoment(
        { log: log.readerOf(SHOP), plans, lists: new Map() },
        {
          profileId: moment?.profileId ?? ('' as never),
          campaignId: undefined,
          at,
          messageId: undefined,
        },
      );
      expect(explained.messageId).toBe(moment?.event.messageId);
    });
  },
);
