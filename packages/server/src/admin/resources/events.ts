import type { Handlers } from '../call.ts';
import type { Timeline } from '../ports.ts';

export function eventHandlers(timeline: Timeline): Pick<Handlers, 'listRecentEvents'> {
  return {
    async listRecentEvents({ caller, query }) {
      return { events: [...(await timeline.listRecent(caller.workspaceId, query.limit))] };
    },
  };
}
