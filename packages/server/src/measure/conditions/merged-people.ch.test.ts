import type { Condition } from '@tenth/model/condition.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anEvent, aProfileId } from '../testing/log-builders.ts';
import { openTestLog } from '../testing/open-test-log.ts';
import { listPeopleWhere } from './people-where.ts';
import { samplePeople } from './preview.ts';

const AT = Date.UTC(2026, 10, 22);
const NOW = Date.UTC(2026, 10, 23);
const SHOP = 'merged';
const [absorbed, survivor, other] = [aProfileId(1), aProfileId(2), aProfileId(3)];
const definitions = planDefinition.parse({
  version: 1,
  settings: { name: 'Shop', currency: 'KRW' },
  segments: [],
  campaigns: [],
});
const paid = (value: number): Condition => ({
  kind: 'event_number',
  event: { type: 'track', name: 'Paid' },
  property: 'properties.amount',
  measure: 'sum',
  window: { kind: 'ever' },
  test: { op: 'gte', value },
});

let log: Awaited<ReturnType<typeof openTestLog>>;
beforeAll(async () => {
  log = await openTestLog();
  await log.append([
    {
      workspaceId: log.readerOf(SHOP).workspaceId,
      events: [
        { messageId: 'm1', profileId: absorbed, amount: 70 },
        // Beyond what counts as an amount at all, and beyond all whole numbers in steps.
        { messageId: 'm2', profileId: absorbed, amount: 1e305 },
        { messageId: 'm3', profileId: other, amount: 10 },
      ].map(({ messageId, profileId, amount }) => ({
        event: anEvent({
          messageId,
          type: 'track',
          name: 'Paid',
          at: AT,
          properties: { amount },
        }),
        profileId,
        session: undefined,
        isNewVisitor: false,
        isMember: false,
        trace: undefined,
        facts: undefined,
        run: undefined,
      })),
      decisions: [],
      personLinks: [{ profileId: absorbed, personId: survivor, version: 1 }],
    },
  ]);
});
afterAll(() => log.close());

test('a person is named by the profile that stayed, though all events are of the absorbed one', async () => {
  const question = { definitions, now: NOW, condition: paid(50) };
  expect(await listPeopleWhere(log.readerOf(SHOP), question)).toEqual([survivor]);
  expect(await samplePeople(log.readerOf(SHOP), question, 5)).toEqual([survivor]);
  // As the log stood at an earlier moment, too, where it goes through the events themselves.
  expect(await listPeopleWhere(log.readerOf(SHOP), { ...question, upTo: NOW })).toEqual([survivor]);
});

test('an amount beyond all bounds counts as none', async () => {
  const question = { definitions, now: NOW, condition: paid(71) };
  expect(await listPeopleWhere(log.readerOf(SHOP), question)).toEqual([]);
});
