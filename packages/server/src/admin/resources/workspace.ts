import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { Publisher } from '../publisher.ts';

type WorkspaceHandlers = Pick<Handlers, 'getWorkspace' | 'putWorkspace'>;

export function workspaceHandlers(plans: PlanRegistry, publisher: Publisher): WorkspaceHandlers {
  return {
    async getWorkspace({ caller }) {
      const { version, settings } = plans.get(caller.workspaceId).definition;
      return { id: caller.workspaceId, planVersion: version, settings };
    },

    async putWorkspace({ caller, body: settings }) {
      const { version } = await publisher.publish(caller.workspaceId, {
        path: 'settings',
        apply: (current) => ({ ...current, settings }),
      });
      return { planVersion: version };
    },
  };
}
