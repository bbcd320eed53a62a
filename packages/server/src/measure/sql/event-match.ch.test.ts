import { compileEventMatch } from '@tenth/engine/evaluate/event-match.ts';
import { type EventFilter, type EventMatch, eventMatch } from '@tenth/model/event-match.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import type { Json, JsonObject } from '@tenth/model/json.ts';
import type { LoggedEvent } from '@tenth/model/log-record.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { anEvent, aProfileId } from '../testing/log-builders.ts';
import { openTestLog } from '../testing/open-test-log.ts';
import { SeededRandom } from '../testing/seeded-random.ts';
import { eventMatchSql } from './event-match-sql.ts';
import { runQuery, SqlParams, WORKSPACE } from './query.ts';

const SEED = 20_260_806;
const WORKSPACE_ID = workspaceId.parse('mine');
const random = new SeededRandom(SEED);

const texts = [
  'Naver',
  'naver',
  'NAVER 한글',
  '',
  "o'b\\r",
  'é',
  'É',
  '20',
  'a"b',
  '%',
  '{x:String}',
];
const numbers = [0, 20, 20.5, -1, 1e21, 9_007_199_254_740_992];
const scalars: readonly Json[] = [...texts, ...numbers, true, false];
const keys = ['price', 'a.b', 'tags', '0', 'length', 'deep', "k'ey"];
const paths = [
  'name',
  'page.category',
  'page.name',
  'page.path',
  'context.app.name',
  'traits.plan',
  'properties.price',
  'properties.a.b',
  'properties.tags',
  'properties.tags.0',
  'properties.tags.length',
  'properties.deep.0.price',
  'properties.deep.1',
  "properties.k'ey",
  'properties.0',
  'properties.length',
];

function someValue(depth = 0): Json {
  const draw = random.next();
  if (draw < 0.6 || depth > 2) {
    return random.pick(scalars);
  }
  if (draw < 0.68) {
    return null;
  }
  const size = random.between(0, 4);
  return draw < 0.85
    ? Array.from({ length: size }, () => someValue(depth + 1))
    : someObject(depth + 1);
}

function someObject(depth = 0): JsonObject {
  const own = keys.filter(() => random.chance(0.5));
  return Object.fromEntries(own.map((key) => [key, someValue(depth)]));
}

function someEvent(index: number): LoggedEvent {
  const type = random.pick(['track', 'page', 'identify', 'screen'] as const);
  const event = anEvent({
    messageId: `m${index}`,
    type,
    name: type === 'identify' ? '' : random.pick(['Product Viewed', 'Home', 'page']),
    at: 1_770_000_000_000 + index,
    properties: someObject(),
    traits: { plan: someValue() },
    category: random.pick(['', 'cart', 'Cart']),
    context: random.chance(0.5) ? { app: { name: someValue() } } : {},
  });
  // Traits of a track call are none of the engine's business, though they stand in the payload.
  const seen = type === 'identify' ? event : { ...event, traits: {} };
  const profileId = aProfileId(1);
  return {
    event: seen,
    profileId,
    session: undefined,
    isNewVisitor: false,
    isMember: false,
    trace: undefined,
    facts: undefined,
    run: undefined,
  };
}

function someScalar(): string | number | boolean {
  return random.pick([...texts, ...numbers, true, false]);
}

function someTest(): EventFilter['test'] {
  const text = random.pick(texts.filter((value) => value !== ''));
  const number = random.pick(numbers);
  return random.pick<EventFilter['test']>([
    { op: 'is', value: someScalar() },
    { op: 'is_not', value: someScalar() },
    { op: 'in', values: [someScalar(), someScalar(), someScalar()] },
    { op: 'not_in', values: [someScalar(), someScalar()] },
    { op: 'contains', value: text.slice(0, 2) },
    { op: 'contains_any', values: [text, 'aver'] },
    { op: 'starts_with', value: text.slice(0, 1) },
    { op: 'ends_with', value: text.slice(-1) },
    { op: 'gt', value: number },
    { op: 'gte', value: number },
    { op: 'lt', value: number },
    { op: 'lte', value: number },
    { op: 'between', from: 0, to: 20.5 },
    { op: 'exists' },
    { op: 'missing' },
  ]);
}

function someMatch(): EventMatch {
  const where: EventFilter[] = Array.from({ length: random.between(0, 3) }, () => ({
    path: random.pick(paths),
    test: someTest(),
  }));
  return eventMatch.parse({
    type: random.pick(['track', 'page', 'identify', 'screen']),
    ...(random.chance(0.3) ? { name: random.pick(['Product Viewed', 'Home', 'page']) } : {}),
    where,
  });
}

const events = Array.from({ length: 1_500 }, (_, index) => someEvent(index));
let log: Awaited<ReturnType<typeof openTestLog>>;

beforeAll(async () => {
  log = await openTestLog();
  await log.append([{ workspaceId: WORKSPACE_ID, events, decisions: [], personLinks: [] }]);
});
afterAll(() => log.close());

test(`the SQL of an event match means what the engine means (seed ${SEED})`, async () => {
  const row = z.object({ message_id: z.string() });
  let found = 0;
  for (let round = 0; round < 400; round += 1) {
    const match = someMatch();
    const params = new SqlParams();
    const sql = `SELECT message_id FROM events WHERE ${WORKSPACE} AND ${eventMatchSql(match, params)}`;
    const rows = await runQuery(log.readerOf(WORKSPACE_ID), { sql, params, row });
    const matches = compileEventMatch(match);
    const wanted = events.filter(({ event }) => matches(event)).map(({ event }) => event.messageId);
    found += wanted.length;
    expect(rows.map(({ message_id }) => message_id).sort(), JSON.stringify(match)).toEqual(
      wanted.sort(),
    );
  }
  expect(found).toBeGreaterThan(10_000);
}, 60_000);
