import { expect, test } from 'vitest';
import { eventually, readApi, readPerson } from './harness/api.ts';
import { Load, randomFrom, type Sent } from './harness/load.ts';
import { startTenth } from './harness/tenth-process.ts';

const ROUNDS = Number(process.env['TENTH_KILL_ROUNDS'] ?? 20);
const SEED = Number(process.env['TENTH_KILL_SEED'] ?? 20_260_302);
const PEOPLE = 40;

interface Timeline {
  readonly events: readonly { readonly messageId: string }[];
  readonly next: string | null;
}

async function messagesInLog(origin: string, anonymousId: string): Promise<string[]> {
  const ids: string[] = [];
  let before = '';
  for (;;) {
    const page = await readApi<Timeline>(
      origin,
      `/api/v1/people/anonymousId:${anonymousId}/events?limit=200${before}`,
    );
    ids.push(...page.events.map(({ messageId }) => messageId));
    if (page.next === null) {
      return ids;
    }
    before = `&before=${encodeURIComponent(page.next)}`;
  }
}

function byPerson(sent: readonly Sent[]): Map<string, Sent[]> {
  const people = new Map<string, Sent[]>();
  for (const event of sent) {
    people.set(event.anonymousId, [...(people.get(event.anonymousId) ?? []), event]);
  }
  return people;
}

test(
  `killed ${ROUNDS} times at random moments under load, no acknowledged event is lost and none is doubled`,
  async () => {
    const random = randomFrom(SEED);
    const load = new Load(random, PEOPLE);
    let tenth = await startTenth();
    const { dataDir } = tenth;
    const port = Number(new URL(tenth.origin).port);
    for (let round = 0; round < ROUNDS; round += 1) {
      let isOver = false;
      const sending = load.run(tenth.origin, 8, () => isOver);
      await new Promise((resolve) => setTimeout(resolve, 50 + random() * 1_500));
      await tenth.kill();
      isOver = true;
      await sending;
      tenth = await startTenth({ dataDir, port });
    }
    await load.finish(tenth.origin);
    expect(load.pending).toBe(0);

    const sent = byPerson(load.acknowledged);
    for (const [anonymousId, events] of sent) {
      const expected = events.map(({ messageId }) => messageId).sort();
      const logged = await eventually(
        () => messagesInLog(tenth.origin, anonymousId),
        (ids) => ids.length >= expected.length,
      );
      expect(logged.sort(), `${anonymousId} in the event log, seed ${SEED}`).toEqual(expected);
      const { cart } = await readPerson(tenth.origin, anonymousId);
      expect(cart?.quantity, `${anonymousId} in the profile, seed ${SEED}`).toBe(expected.length);
    }
    expect(load.acknowledged.length).toBeGreaterThan(ROUNDS * 10);
    await tenth.stop();
  },
  600_000 + ROUNDS * 10_000,
);
