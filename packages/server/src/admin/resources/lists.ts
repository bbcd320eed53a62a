import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PeopleList } from '@tenth/model/list.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { ListKeeper } from '../../lists/list-keeper.ts';
import type { ListVersion } from '../../lists/ports.ts';
import { takeMembers } from '../../lists/take-members.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { Publisher } from '../publisher.ts';
import { withItem, withoutItem } from './plan-items.ts';
import { refuseWhileUsed } from './refuse-while-used.ts';

type ListHandlers = Pick<Handlers, 'listLists' | 'uploadList' | 'deleteList'>;

export interface ListHandlerDeps {
  readonly plans: PlanRegistry;
  readonly publisher: Publisher;
  readonly lists: Pick<ListKeeper, 'keep' | 'drop' | 'dropBefore' | 'findUploadTimes'>;
  /** What stands for members in a workspace that is to hold no names; undefined in others. */
  readonly pseudonymsOf: (
    workspaceId: WorkspaceId,
  ) => Promise<((member: string) => string) | undefined>;
  /** Told when members that nobody asks any more could not be dropped; the next start does so. */
  readonly onLeftBehind: (error: unknown) => void;
}

/** Uploads at one time, one a list: each holds its members in memory while it is read. */
const MOST_UPLOADS = 2;

export function listHandlers(deps: ListHandlerDeps): ListHandlers {
  const { plans, publisher, lists, pseudonymsOf, onLeftBehind } = deps;
  const uploads = new Set<string>();

  const dropBefore = (workspaceId: WorkspaceId, version: ListVersion): Promise<void> =>
    lists.dropBefore(workspaceId, version).catch(onLeftBehind);

  return {
    async listLists({ caller }) {
      const timeOf = await lists.findUploadTimes(caller.workspaceId);
      return {
        lists: plans.get(caller.workspaceId).definition.lists.map((list) => {
          const at = timeOf({ listId: list.id, version: list.version });
          return { list, uploadedAt: at === undefined ? null : new Date(at).toISOString() };
        }),
      };
    },

    async uploadList({ caller: { workspaceId }, params: { id }, query, upload }) {
      const underWay = `${workspaceId}/${id}`;
      if (uploads.size >= MOST_UPLOADS || uploads.has(underWay)) {
        const what = uploads.has(underWay) ? 'This list is' : 'Other lists are';
        throw new Problem('too-many-attempts', `${what} being uploaded now; try again soon.`);
      }
      uploads.add(underWay);
      try {
        const { members, report } = await takeMembers(upload, {
          by: query.by,
          column: query.column,
          pseudonymOf: await pseudonymsOf(workspaceId),
        });
        const version = await lists.keep(workspaceId, id, members);
        const definition = await publisher
          .publish(workspaceId, {
            path: `lists.${id}`,
            lists: new Map([[id, { version, members }]]),
            apply: (current) => {
              const before = findList(current, id);
              const name = nameOf(query.name, before, current) ?? { [current.settings.locale]: id };
              const list = { id, name, by: query.by, version, members: members.size };
              // An upload that began later has overtaken this one, and stands for both.
              return before !== undefined && before.version > version
                ? current
                : { ...current, lists: withItem(current.lists, list) };
            },
          })
          .catch(async (error: unknown) => {
            await lists.drop(workspaceId, { listId: id, version }).catch(onLeftBehind);
            throw error;
          });
        const list = requireList(definition, id);
        await dropBefore(workspaceId, { listId: id, version: list.version });
        return { list, ...report, planVersion: definition.version };
      } finally {
        uploads.delete(underWay);
      }
    },

    async deleteList({ caller: { workspaceId }, params: { id } }) {
      let deleted: PeopleList | undefined;
      const { version } = await publisher.publish(workspaceId, {
        path: `lists.${id}`,
        apply: (current) => {
          deleted = requireList(current, id);
          refuseWhileUsed(current, { listId: id });
          return { ...current, lists: withoutItem(current.lists, id) };
        },
      });
      if (deleted !== undefined) {
        await dropBefore(workspaceId, { listId: deleted.id, version: deleted.version + 1 });
      }
      return { planVersion: version };
    },
  };
}

function findList(definition: PlanDefinition, id: string): PeopleList | undefined {
  return definition.lists.find((list) => list.id === id);
}

/** @throws {Problem} not-found */
function requireList(definition: PlanDefinition, id: string): PeopleList {
  const list = findList(definition, id);
  if (list === undefined) {
    throw new Problem('not-found', `There is no list ${id}.`, 'id');
  }
  return list;
}

/** The given name in the workspace's language, beside those in others. */
function nameOf(
  given: string | undefined,
  before: PeopleList | undefined,
  { settings }: PlanDefinition,
): PeopleList['name'] | undefined {
  return given === undefined ? before?.name : { ...before?.name, [settings.locale]: given };
}
