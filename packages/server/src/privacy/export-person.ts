import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { Merge } from '@tenth/model/merge.ts';
import type { PersonExportLine } from '@tenth/model/person-export.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { tracesOf } from './person-traces.ts';
import type {
  ConsentStore,
  ErasureStore,
  LogRow,
  PersonRows,
  PersonTraces,
  ShippingState,
} from './ports.ts';
import { untilShipped } from './until-shipped.ts';

export interface ExportDeps {
  readonly people: Pick<ErasureStore, 'readPeople'>;
  readonly consents: Pick<ConsentStore, 'list'>;
  readonly merges: {
    list(workspaceId: WorkspaceId, person: ProfileId): Promise<readonly Merge[]>;
  };
  /** Ids of the uploaded lists that name a person so. */
  readonly listsOf: (
    workspaceId: WorkspaceId,
    names: Pick<PersonTraces, 'userIds' | 'emails'>,
  ) => readonly string[];
  readonly log: PersonRows;
  readonly shipping: ShippingState;
  readonly now: () => EpochMs;
}

/**
 * All that both stores hold of a person: what an erasure would remove.
 *
 * @param signal Aborted when nobody waits for it any more.
 */
export async function* exportPerson(
  deps: ExportDeps,
  { workspaceId, personId }: { readonly workspaceId: WorkspaceId; readonly personId: ProfileId },
  signal: AbortSignal,
): AsyncGenerator<PersonExportLine> {
  await untilShipped(deps.shipping, await deps.shipping.lastOutboxId(), () => signal.aborted);
  const person = await deps.people.readPeople(workspaceId, [personId]);
  yield {
    kind: 'about',
    profileId: personId,
    exportedAt: new Date(deps.now()).toISOString(),
    workspaceId,
  };
  if (person === undefined) {
    yield { kind: 'done', events: 0, decisions: 0 };
    return;
  }
  for (const { profile } of person.profiles) {
    yield { kind: 'profile', isMerged: profile.id !== personId, profile: toRow(profile) };
  }
  for (const profile of person.snapshots) {
    yield { kind: 'snapshot', profile: toRow(profile) };
  }
  for (const { kind, value } of person.identifiers) {
    yield { kind: 'identifier', identifier: { kind, value } };
  }
  for (const merge of await deps.merges.list(workspaceId, personId)) {
    yield { kind: 'merge', merge };
  }
  for (const { profileId: _, ...consent } of await deps.consents.list(workspaceId, personId)) {
    yield { kind: 'consent', consent };
  }
  const traces = tracesOf(workspaceId, person);
  for (const listId of deps.listsOf(workspaceId, traces)) {
    yield { kind: 'list', listId };
  }
  let events = 0;
  for await (const event of deps.log.events(workspaceId, traces)) {
    signal.throwIfAborted();
    events += 1;
    yield { kind: 'event', event };
  }
  let decisions = 0;
  for await (const decision of deps.log.decisions(workspaceId, traces)) {
    signal.throwIfAborted();
    decisions += 1;
    yield { kind: 'decision', decision };
  }
  yield { kind: 'done', events, decisions };
}

/** A profile is JSON as it is stored; on the way, what is undefined goes. */
function toRow(profile: Profile): LogRow {
  return JSON.parse(JSON.stringify(profile));
}
