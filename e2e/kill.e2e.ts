import { expect, test } from 'vitest';
import { eventually, readApi, readPerson } from './harness/api.ts';
import { Load, PRICE, randomFrom, type Sent } from './harness/load.ts';
import { startTenth } from './harness/tenth-process.ts';

const ROUNDS = Number(process.env['TENTH_KILL_ROUNDS'] ?? 20);
const SEED = Number(process.env['TENTH_KILL_SEED'] ?? 20_260_302);
const PEOPLE = 40;

interface LoggedEvent {
  readonly messageId: string;
  readonly name: string;
  readonly properties: { readonly segment_id?: string };
}

interface Timeline {
  readonly events: readonly LoggedEvent[];
  readonly next: string | null;
}

async function readLog(origin: string, anonymousId: string): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  let before = '';
  for (;;) {
    const page = await readApi<Timeline>(
      origin,
      `/api/v1/people/anonymousId:${anonymousId}/events?limit=200${before}`,
    );
    events.push(...page.events);
    if (page.next === null) {
      return events;
    }
    before = `&before=${encodeURIComponent(page.next)}`;
  }
}

/** What the clients sent, and what the server tells of the demo's segments in events of its own. */
function bySender(events: readonly LoggedEvent[]) {
  const ofServer = events.filter(({ name }) => name !== 'Product Added');
  return {
    sent: events.filter(({ name }) => name === 'Product Added').map(({ messageId }) => messageId),
    segments: ofServer.map(({ name, properties }) => `${name}: ${properties.segment_id}`),
  };
}

/** Each once, however often the process was killed around the moment. */
function segmentsEntered(products: number): readonly string[] {
  const guest = 'Segment Entered: hesitant-guests';
  return products * PRICE < 20_000 ? [guest] : ['Segment Entered: cart-from-20000', guest];
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
        async () => bySender(await readLog(tenth.origin, anonymousId)),
        ({ sent: { length } }) => length >= expected.length,
      );
      expect(logged.sent.sort(), `${anonymousId} in the event log, seed ${SEED}`).toEqual(expected);
      expect(logged.segments.sort(), `told of ${anonymousId}, seed ${SEED}`).toEqual(
        segmentsEntered(expected.length),
      );
      const { cart } = await readPerson(tenth.origin, anonymousId);
      expect(cart?.quantity, `${anonymousId} in the profile, seed ${SEED}`).toBe(expected.length);
    }
    expect(load.acknowledged.length).toBeGreaterThan(ROUNDS * 10);
    await tenth.stop();
  },
  600_000 + ROUNDS * 10_000,
);
