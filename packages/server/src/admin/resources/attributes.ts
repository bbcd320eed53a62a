import { Problem } from '@tenth/model/problem.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { Publisher } from '../publisher.ts';
import { requireSameId, withItem, withoutItem } from './plan-items.ts';
import { refuseWhileUsed } from './refuse-while-used.ts';

type AttributeHandlers = Pick<Handlers, 'listAttributes' | 'putAttribute' | 'deleteAttribute'>;

export function attributeHandlers(plans: PlanRegistry, publisher: Publisher): AttributeHandlers {
  return {
    async listAttributes({ caller }) {
      return { attributes: plans.get(caller.workspaceId).definition.attributes };
    },

    async putAttribute({ caller, params: { id }, body: attribute }) {
      requireSameId(id, attribute.id);
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `attributes.${id}`,
        apply: (current) => ({ ...current, attributes: withItem(current.attributes, attribute) }),
      });
      return { attribute, planVersion: version };
    },

    async deleteAttribute({ caller, params: { id } }) {
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `attributes.${id}`,
        apply: (current) => {
          if (!current.attributes.some((attribute) => attribute.id === id)) {
            throw new Problem('not-found', `There is no attribute ${id}.`, 'id');
          }
          refuseWhileUsed(current, { attributeId: id });
          return { ...current, attributes: withoutItem(current.attributes, id) };
        },
      });
      return { planVersion: version };
    },
  };
}
