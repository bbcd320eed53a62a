import type { Condition } from '@tenth/model/condition.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { previewLine, previewRequest } from '@tenth/model/preview.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLog } from '../testing/open-test-log.ts';
import { SeededRandom } from '../testing/seeded-random.ts';
import { listPeopleWhere } from './people-where.ts';
import { previewLines } from './preview-lines.ts';
import { definitionsOf } from './testing/definitions.ts';
import { openLiveShop } from './testing/live-shop.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const definitions = definitionsOf('Asia/Seoul');
/** Holds also for people without any of the events it looks at. */
const drafts: readonly Condition[] = [
  {
    kind: 'event_count',
    event: { type: 'track', name: 'Product Added' },
    window: { kind: 'last_days', days: 60 },
    test: { op: 'gte', value: 1 },
  },
  {
    kind: 'event_count',
    event: { type: 'track', name: 'Order Completed' },
    window: { kind: 'ever' },
    test: { op: 'lt', value: 1 },
  },
  { kind: 'visitor', is: 'returning' },
];

let log: Awaited<ReturnType<typeof openTestLog>>;
let shop: Awaited<ReturnType<typeof openLiveShop>>;
beforeAll(async () => {
  log = await openTestLog();
  shop = await openLiveShop(log, {
    definition: definitions,
    random: new SeededRandom(7),
    devices: 80,
    until: NOW,
    workspace: 'previews',
  });
});
afterAll(() => log.close());

const where = (condition: Condition, at = NOW, upTo?: number) =>
  listPeopleWhere(shop.readerOf, {
    definitions,
    condition,
    now: at,
    ...(upTo === undefined ? {} : { upTo }),
  });

test.each(drafts.map((condition) => ({ condition })))(
  'a preview says what the lists of people say: $condition.kind',
  async ({ condition }) => {
    const request = previewRequest.parse({ condition, sample: 5, weeks: 2 });
    const lines = [];
    const draft = { definitions, condition, now: NOW };
    for await (const line of previewLines(
      shop.readerOf,
      request,
      draft,
      new AbortController().signal,
    )) {
      lines.push(previewLine.parse(line));
    }
    const people = await where(condition);
    expect(lines[0]).toMatchObject({ kind: 'size', people: people.length, of: shop.people.length });
    const sample = lines.flatMap((line) => (line.kind === 'sample' ? line.people : []));
    expect(sample).toHaveLength(Math.min(5, people.length));
    expect(people).toEqual(expect.arrayContaining(sample.map(({ profileId }) => profileId)));
    for (const { profileId, link } of sample) {
      expect(link).toBe(`/console/people/profileId%3A${profileId}`);
    }

    const overlaps = lines.flatMap((line) => (line.kind === 'overlap' ? line.segments : []));
    expect(overlaps.map(({ segmentId }) => segmentId)).toEqual(
      definitions.segments.map(({ id }) => id),
    );
    for (const { segmentId, people: others, both } of overlaps) {
      const members = await where({ kind: 'segment', segmentId, is: true });
      expect(others).toBe(members.length);
      expect(both).toBe(inBoth(members, people));
    }

    const trend = lines.flatMap((line) => (line.kind === 'trend' ? [line] : []));
    const then = NOW - 14 * DAY_MS;
    expect(trend).toHaveLength(3);
    const size = await sizeThen(condition, then);
    expect(trend[0]).toMatchObject({ at: new Date(then).toISOString(), people: size });
    expect(lines.at(-1)).toEqual({ kind: 'done', progress: 1 });
    const steps = lines.flatMap((line) => ('progress' in line ? [line.progress] : []));
    expect(steps).toEqual(steps.toSorted((left, right) => left - right));
  },
);

test('a condition may ask a hundred things of a device', async () => {
  const path = (value: string): Condition => ({
    kind: 'session',
    field: 'landing_path',
    test: { op: 'is', value },
  });
  const asked = Array.from({ length: 100 }, (_, index) => path(`/nowhere-${index}`));
  const phones: Condition = { kind: 'device_in', devices: ['phone'] };
  const desktops: Condition = { kind: 'device_in', devices: ['desktop'] };
  const any: Condition = { kind: 'any', of: asked.toSpliced(63, 2, phones, desktops) };
  const found = await where(any);
  expect(found).toEqual(await where({ kind: 'device_in', devices: ['phone', 'desktop'] }));
  expect(found).not.toEqual(await where(phones));
  expect(found).not.toEqual(await where(desktops));
});

test('whoever hangs up ends the preview', async () => {
  const [condition = { kind: 'all', of: [] }] = drafts;
  const request = previewRequest.parse({ condition });
  const stopped = new AbortController();
  const kinds: string[] = [];
  const draft = { definitions, condition, now: NOW };
  for await (const { kind } of previewLines(shop.readerOf, request, draft, stopped.signal)) {
    kinds.push(kind);
    stopped.abort();
  }
  expect(kinds).toEqual(['size']);
});

function inBoth(some: readonly ProfileId[], others: readonly ProfileId[]): number {
  return some.filter((id) => others.includes(id)).length;
}

/** Among the people who had done anything by then. */
async function sizeThen(condition: Condition, at: number): Promise<number> {
  return (await where(condition, at, at)).length;
}
