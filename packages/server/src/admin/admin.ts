import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { ListKeeper } from '../lists/list-keeper.ts';
import { ApiCallers } from './api-callers.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { auditHandlers } from './audit/audited-handlers.ts';
import type { AuditLog, SubjectHashes } from './audit/ports.ts';
import type { Handlers } from './call.ts';
import type { LiveEvents } from './live-events.ts';
import type { PlanRegistry } from './plan-registry.ts';
import type {
  Cells,
  Erasures,
  Explanations,
  KeyStore,
  MergeStore,
  Pages,
  PeopleStore,
  PersonConsents,
  PersonExports,
  PlanStore,
  Previews,
  Reports,
  SegmentChanges,
  SegmentLags,
  Simulations,
  StoredKey,
  Timeline,
} from './ports.ts';
import { Publisher } from './publisher.ts';
import type { FiguresOf } from './quantiles/ports.ts';
import { QuantileSchedule } from './quantiles/quantile-schedule.ts';
import { attributeHandlers } from './resources/attributes.ts';
import { auditLogHandlers } from './resources/audit.ts';
import { campaignHandlers } from './resources/campaigns.ts';
import { cellHandlers } from './resources/cells.ts';
import { consentHandlers } from './resources/consents.ts';
import { erasureHandlers } from './resources/erasures.ts';
import { eventHandlers } from './resources/events.ts';
import { explanationHandlers } from './resources/explanations.ts';
import { installationHandlers } from './resources/installation.ts';
import { keyHandlers } from './resources/keys.ts';
import { listHandlers } from './resources/lists.ts';
import { peopleHandlers } from './resources/people.ts';
import { PersonExporter } from './resources/person-exports.ts';
import { presetHandlers } from './resources/presets.ts';
import { reportHandlers } from './resources/reports.ts';
import { segmentHandlers } from './resources/segments.ts';
import { sessionHandlers } from './resources/session.ts';
import { SimulationRunner } from './resources/simulations.ts';
import { totpHandlers } from './resources/totp.ts';
import { userHandlers } from './resources/users.ts';
import { variableHandlers } from './resources/variables.ts';
import { workspaceHandlers } from './resources/workspace.ts';
import { ConsoleSignIn } from './sign-in/console-sign-in.ts';
import type { OidcClient } from './sign-in/oidc.ts';
import type { SessionStore, UserStore } from './sign-in/ports.ts';
import type { UsedKeys } from './used-keys.ts';

export interface AdminDeps {
  /** The workspace that the console signs in to. */
  readonly consoleWorkspaceId: WorkspaceId;
  readonly planStore: PlanStore;
  readonly openSegments: (publisher: Publisher) => SegmentChanges;
  readonly segmentLags: SegmentLags;
  readonly plans: PlanRegistry;
  readonly keys: KeyStore;
  readonly pages: Pages;
  readonly usedKeys: UsedKeys;
  readonly users: UserStore;
  /** Where users may sign in besides; undefined where nowhere. */
  readonly oidc: OidcClient | undefined;
  readonly sessions: SessionStore;
  readonly people: PeopleStore;
  readonly merges: MergeStore;
  readonly timeline: Timeline;
  readonly reports: Reports;
  readonly cells: Cells;
  readonly explanations: Explanations;
  readonly simulations: Simulations;
  readonly previews: Previews;
  readonly lists: ListKeeper;
  readonly figuresOf: FiguresOf;
  readonly audit: AuditLog;
  readonly erasures: Erasures;
  readonly consents: PersonConsents;
  readonly personExports: PersonExports;
  /** What stands for names where a workspace is to hold none; undefined in others. */
  readonly pseudonymsOf: (
    workspaceId: WorkspaceId,
  ) => Promise<((name: string) => string) | undefined>;
  readonly subjects: SubjectHashes;
  readonly liveEvents: LiveEvents;
  readonly now: () => number;
  /** Told of a key as it was before it changed or went. */
  readonly onKeyChanged: (before: StoredKey) => void;
  /** Told of work behind the scenes that failed; it is done again later. */
  readonly onFailed: (error: unknown, what: string) => void;
}

export interface Admin {
  readonly handlers: Handlers;
  readonly signIn: ConsoleSignIn;
  readonly oidc: OidcClient | undefined;
  readonly apiCallers: ApiCallers;
  readonly publisher: Publisher;
  /** Runs once it is started. */
  readonly quantiles: QuantileSchedule;
  readonly liveEvents: LiveEvents;
  readonly simulations: SimulationRunner;
  readonly personExports: PersonExporter;
  readonly previews: Previews;
  /** For what is answered in lines, past the handlers. */
  readonly auditTrail: AuditTrail;
}

/** Everything that can be administered: a handler for each route of the registry. */
export function createAdmin(deps: AdminDeps): Admin {
  const { plans, people, merges, timeline, reports, now } = deps;
  const signIn = new ConsoleSignIn({
    users: deps.users,
    sessions: deps.sessions,
    workspaceId: deps.consoleWorkspaceId,
    now,
  });
  const publisher = new Publisher({ store: deps.planStore, registry: plans });
  const segments = deps.openSegments(publisher);
  const quantiles = new QuantileSchedule({
    plans,
    publisher,
    figuresOf: deps.figuresOf,
    now,
    onFailed: (error, { workspaceId, variableId }) =>
      deps.onFailed(error, `cuts of ${variableId} of ${workspaceId}`),
  });
  const auditTrail = new AuditTrail({ log: deps.audit, subjects: deps.subjects, now });
  const handlers: Handlers = {
    ...sessionHandlers({ signIn, users: deps.users, plans, hasOidc: deps.oidc !== undefined }),
    ...totpHandlers({ signIn, users: deps.users, plans, now }),
    ...userHandlers({ users: deps.users, now }),
    ...workspaceHandlers(plans, publisher),
    ...installationHandlers(deps),
    ...keyHandlers({ store: deps.keys, now, onChanged: deps.onKeyChanged }),
    ...campaignHandlers({ plans, publisher, reports, now }),
    ...segmentHandlers({ plans, publisher, segments, lags: deps.segmentLags, people }),
    ...presetHandlers(),
    ...variableHandlers({ plans, publisher, onCutsMissing: () => quantiles.wake() }),
    ...attributeHandlers(plans, publisher),
    ...listHandlers({
      plans,
      publisher,
      lists: deps.lists,
      pseudonymsOf: deps.pseudonymsOf,
      onLeftBehind: (error) => deps.onFailed(error, 'members of a list that was replaced'),
    }),
    ...peopleHandlers({ people, consents: deps.consents, merges, timeline, now }),
    ...explanationHandlers({ people, explanations: deps.explanations, now }),
    ...eventHandlers(timeline),
    ...reportHandlers({ plans, reports, now }),
    ...cellHandlers({ plans, cells: deps.cells, now }),
    ...erasureHandlers({ people, erasures: deps.erasures }),
    ...consentHandlers({ people, consents: deps.consents, now }),
    ...auditLogHandlers({ audit: deps.audit, subjects: deps.subjects, people }),
  };
  return {
    handlers: auditHandlers(handlers, auditTrail, deps.consoleWorkspaceId),
    signIn,
    oidc: deps.oidc,
    apiCallers: new ApiCallers(deps.usedKeys),
    publisher,
    quantiles,
    liveEvents: deps.liveEvents,
    simulations: new SimulationRunner(deps.simulations, now),
    personExports: new PersonExporter(people, deps.personExports),
    previews: deps.previews,
    auditTrail,
  };
}
