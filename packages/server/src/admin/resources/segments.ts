import { Problem } from '@tenth/model/problem.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { PeopleStore } from '../ports.ts';
import type { Publisher } from '../publisher.ts';
import { requireSameId, withItem, withoutItem } from './plan-items.ts';
import { refuseWhileUsed } from './refuse-while-used.ts';

type SegmentHandlers = Pick<Handlers, 'listSegments' | 'putSegment' | 'deleteSegment'>;

export interface SegmentHandlerDeps {
  readonly plans: PlanRegistry;
  readonly publisher: Publisher;
  readonly people: Pick<PeopleStore, 'countBySegment'>;
}

export function segmentHandlers({ plans, publisher, people }: SegmentHandlerDeps): SegmentHandlers {
  return {
    async listSegments({ caller }) {
      const counts = await people.countBySegment(caller.workspaceId);
      return {
        segments: plans
          .get(caller.workspaceId)
          .definition.segments.map((segment) => ({ segment, people: counts.get(segment.id) ?? 0 })),
      };
    },

    async putSegment({ caller, params: { id }, body: segment }) {
      requireSameId(id, segment.id);
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `segments.${id}`,
        apply: (current) => ({ ...current, segments: withItem(current.segments, segment) }),
      });
      return { segment, planVersion: version };
    },

    async deleteSegment({ caller, params: { id } }) {
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `segments.${id}`,
        apply: (current) => {
          if (!current.segments.some((segment) => segment.id === id)) {
            throw new Problem('not-found', `There is no segment ${id}.`, 'id');
          }
          refuseWhileUsed(current, { segmentId: id });
          return { ...current, segments: withoutItem(current.segments, id) };
        },
      });
      return { planVersion: version };
    },
  };
}
