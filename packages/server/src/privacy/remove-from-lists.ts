import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PeopleList } from '@tenth/model/list.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type { Publisher } from '../admin/publisher.ts';
import type { ListKeeper } from '../lists/list-keeper.ts';
import type { MemberLists, PersonTraces } from './ports.ts';

export interface MemberListsDeps {
  readonly plans: Pick<PlanRegistry, 'get'>;
  readonly publisher: Pick<Publisher, 'publish' | 'refresh'>;
  readonly lists: Pick<ListKeeper, 'read' | 'keep' | 'drop' | 'dropBefore'>;
}

/** Takes a person out of uploaded lists: each becomes a new version without them, as by an upload. */
export function createMemberLists(deps: MemberListsDeps): MemberLists {
  const { plans, publisher } = deps;
  return {
    async remove(workspaceId, { userIds, emails }) {
      // Another node may have published since.
      await publisher.refresh(workspaceId);
      let changed = 0;
      for (const list of plans.get(workspaceId).definition.lists) {
        const isChanged = await removeFromList(deps, workspaceId, {
          list,
          names: list.by === 'user_id' ? userIds : emails,
        });
        changed += isChanged ? 1 : 0;
      }
      return changed;
    },
  };
}

/** Ids of the lists that have somebody, as they are in use. */
export function listsNaming(
  plans: Pick<PlanRegistry, 'get'>,
  workspaceId: WorkspaceId,
  { userIds, emails }: Pick<PersonTraces, 'userIds' | 'emails'>,
): readonly string[] {
  const { definition, lists } = plans.get(workspaceId);
  return definition.lists
    .filter(({ id, by }) => {
      const members = lists.get(id)?.members;
      return (by === 'user_id' ? userIds : emails).some((name) => members?.has(name));
    })
    .map(({ id }) => id);
}

async function removeFromList(
  { publisher, lists }: MemberListsDeps,
  workspaceId: WorkspaceId,
  { list, names }: { readonly list: PeopleList; readonly names: readonly string[] },
): Promise<boolean> {
  const { id } = list;
  const members = await lists.read(workspaceId, list);
  const remaining = members.without(names);
  if (remaining.size === members.size) {
    return false;
  }
  const version = await lists.keep(workspaceId, id, remaining);
  const kept = { version, members: remaining };
  const { lists: published } = await publisher.publish(workspaceId, {
    path: `lists.${id}`,
    lists: new Map([[id, kept]]),
    apply: (current) => ({
      ...current,
      lists: current.lists.map((one) =>
        // A version that was uploaded meanwhile is somebody's own doing and stands.
        one.id === id && one.version === list.version
          ? { ...one, version, members: remaining.size }
          : one,
      ),
    }),
  });
  const isInUse = published.some((one) => one.id === id && one.version === version);
  await (isInUse
    ? lists.dropBefore(workspaceId, { listId: id, version })
    : lists.drop(workspaceId, { listId: id, version }));
  return true;
}
