import { compilePlan } from '@tenth/engine/plan/plan.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { createMemoryStore, type MemoryStore } from '../../../commit/testing/memory-store.ts';
import { aServer, WORKSPACE } from '../../../commit/testing/two-servers.ts';
import { identifiersOf } from '../../../identify/identifier.ts';
import type { openTestLog } from '../../testing/open-test-log.ts';
import type { SeededRandom } from '../../testing/seeded-random.ts';
import { lists } from './definitions.ts';
import { writeShopHistory } from './shop-history.ts';

/**
 * Sends a made-up history through the pipeline and its records into the log.
 *
 * @returns Who is left after all merges, and the log's reader.
 */
export async function openLiveShop(
  log: Awaited<ReturnType<typeof openTestLog>>,
  input: {
    readonly definition: PlanDefinition;
    readonly random: SeededRandom;
    readonly devices: number;
    readonly until: EpochMs;
    readonly workspace: string;
  },
) {
  const store = createMemoryStore();
  const server = aServer(store, compilePlan(input.definition, lists));
  const events = writeShopHistory(input.random, { devices: input.devices, until: input.until });
  for (const event of events) {
    await server.pipeline.process(WORKSPACE, [event], false, event.at);
  }
  await server.pipeline.drain();
  const readerOf = log.readerOf(input.workspace);
  const { workspaceId } = readerOf;
  await log.append(server.records.map((record) => ({ ...record, workspaceId })));
  for (const [list, members] of lists) {
    await log.client.command({
      query: `INSERT INTO list_members SELECT {workspace:String}, {list:String}, 1, sipHash64(arrayJoin({members:Array(String)}))`,
      query_params: { workspace: workspaceId, list, members: [...members] },
    });
  }
  return { people: peopleOf(store, events), readerOf };
}

function peopleOf(store: MemoryStore, events: readonly SiteEvent[]): readonly Profile[] {
  const people = new Map<string, Profile>();
  for (const event of events) {
    const { user, anonymous } = identifiersOf(event);
    for (const identifier of event.isBot ? [] : [user, anonymous]) {
      if (identifier !== undefined) {
        const profile = store.profileOf(WORKSPACE, identifier);
        people.set(profile.id, profile);
      }
    }
  }
  return [...people.values()];
}
