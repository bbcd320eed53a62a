import type { WorkspaceId } from '@tenth/model/ids.ts';
import { ApiCallers } from './api-callers.ts';
import type { Handlers } from './call.ts';
import type { LiveEvents } from './live-events.ts';
import type { PlanRegistry } from './plan-registry.ts';
import type {
  ConsoleAuthStore,
  KeyStore,
  MergeStore,
  PeopleStore,
  PlanStore,
  Reports,
  StoredKey,
  Timeline,
} from './ports.ts';
import { Publisher } from './publisher.ts';
import { campaignHandlers } from './resources/campaigns.ts';
import { eventHandlers } from './resources/events.ts';
import { keyHandlers } from './resources/keys.ts';
import { peopleHandlers } from './resources/people.ts';
import { reportHandlers } from './resources/reports.ts';
import { segmentHandlers } from './resources/segments.ts';
import { sessionHandlers } from './resources/session.ts';
import { workspaceHandlers } from './resources/workspace.ts';
import { ConsoleSignIn } from './sign-in/console-sign-in.ts';

export interface AdminDeps {
  /** The workspace that the console signs in to. */
  readonly consoleWorkspaceId: WorkspaceId;
  readonly planStore: PlanStore;
  readonly plans: PlanRegistry;
  readonly keys: KeyStore;
  readonly consoleAuth: ConsoleAuthStore;
  readonly people: PeopleStore;
  readonly merges: MergeStore;
  readonly timeline: Timeline;
  readonly reports: Reports;
  readonly liveEvents: LiveEvents;
  readonly now: () => number;
  readonly onKeyRevoked: (key: StoredKey) => void;
}

export interface Admin {
  readonly handlers: Handlers;
  readonly signIn: ConsoleSignIn;
  readonly apiCallers: ApiCallers;
  readonly publisher: Publisher;
  readonly liveEvents: LiveEvents;
}

/** Everything that can be administered: a handler for each route of the registry. */
export function createAdmin(deps: AdminDeps): Admin {
  const { plans, people, merges, timeline, reports, now } = deps;
  const signIn = new ConsoleSignIn({
    store: deps.consoleAuth,
    workspaceId: deps.consoleWorkspaceId,
    now,
  });
  const publisher = new Publisher({ store: deps.planStore, registry: plans });
  return {
    handlers: {
      ...sessionHandlers(signIn, plans),
      ...workspaceHandlers(plans, publisher),
      ...keyHandlers({ store: deps.keys, now, onRevoked: deps.onKeyRevoked }),
      ...campaignHandlers({ plans, publisher, reports, now }),
      ...segmentHandlers({ plans, publisher, people }),
      ...peopleHandlers({ people, merges, timeline, now }),
      ...eventHandlers(timeline),
      ...reportHandlers({ plans, reports, now }),
    },
    signIn,
    apiCallers: new ApiCallers(deps.keys, now),
    publisher,
    liveEvents: deps.liveEvents,
  };
}
