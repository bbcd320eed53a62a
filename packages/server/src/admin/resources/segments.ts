import { segmentId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { SegmentBackfill } from '@tenth/model/segment-backfill.ts';
import type { Caller, Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { PeopleStore, SegmentChanges, SegmentLags } from '../ports.ts';
import { withoutPrepared } from '../prepared-segments.ts';
import type { Publisher } from '../publisher.ts';
import { requireSameId, withoutItem } from './plan-items.ts';
import { refuseWhileUsed } from './refuse-while-used.ts';

type SegmentHandlers = Pick<
  Handlers,
  | 'listSegments'
  | 'putSegment'
  | 'getSegmentBackfill'
  | 'approveSegment'
  | 'dismissSegment'
  | 'revertSegment'
  | 'deleteSegment'
>;

export interface SegmentHandlerDeps {
  readonly plans: PlanRegistry;
  readonly publisher: Publisher;
  readonly segments: SegmentChanges;
  readonly lags: SegmentLags;
  readonly people: Pick<PeopleStore, 'countBySegment'>;
}

export function segmentHandlers(deps: SegmentHandlerDeps): SegmentHandlers {
  const { plans, publisher, segments, lags, people } = deps;
  return {
    async listSegments({ caller: { workspaceId } }) {
      const counts = await people.countBySegment(workspaceId);
      return {
        segments: plans.get(workspaceId).definition.segments.map((segment) => ({
          segment,
          people: counts.get(segment.id) ?? 0,
          lag: lags.of(workspaceId, segment.id) ?? null,
        })),
      };
    },

    async putSegment({ caller, params: { id }, query: { review }, body: segment }) {
      requireSameId(id, segment.id);
      const { version } = await segments.publish(caller.workspaceId, segment, {
        isReviewed: review === 'true',
      });
      return { segment, planVersion: version };
    },

    async getSegmentBackfill({ caller, params: { id } }) {
      const found = await segments.find(caller.workspaceId, idOf(id));
      if (found === undefined) {
        throw new Problem('not-found', `The segment ${id} was never published.`, 'id');
      }
      return shownTo(caller, found);
    },

    async approveSegment({ caller, params: { id } }) {
      return shownTo(caller, await segments.approve(caller.workspaceId, idOf(id)));
    },

    async dismissSegment({ caller, params: { id } }) {
      const { version } = await segments.dismiss(caller.workspaceId, idOf(id));
      return { planVersion: version };
    },

    async revertSegment({ caller, params: { id } }) {
      return segments.revert(caller.workspaceId, idOf(id));
    },

    async deleteSegment({ caller, params: { id } }) {
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `segments.${id}`,
        apply: (current) => {
          if (!current.segments.some((segment) => segment.id === id)) {
            throw new Problem('not-found', `There is no segment ${id}.`, 'id');
          }
          refuseWhileUsed(current, { segmentId: id });
          return {
            ...withoutPrepared(current, idOf(id)),
            segments: withoutItem(current.segments, id),
          };
        },
      });
      return { planVersion: version };
    },
  };
}

/** How many come and go is a figure; who they are is for those who may see people. */
function shownTo({ permissions }: Caller, backfill: SegmentBackfill): SegmentBackfill {
  return permissions.has('read_people')
    ? backfill
    : { ...backfill, sample: { entering: [], leaving: [] } };
}

/** @throws {Problem} not-found: no segment can be called so. */
function idOf(text: string) {
  const parsed = segmentId.safeParse(text);
  if (!parsed.success) {
    throw new Problem('not-found', `There is no segment ${text}.`, 'id');
  }
  return parsed.data;
}
