import { T0 } from '@tenth/engine/testing/builders.ts';
import type { CollectReply } from '@tenth/model/collect-api.ts';
import { type WorkspaceId, workspaceId } from '@tenth/model/ids.ts';
import type { Scope } from '@tenth/model/permission.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import type { FastifyInstance } from 'fastify';
import { type Admin, type AdminDeps, createAdmin } from '../../admin/admin.ts';
import { LiveEvents } from '../../admin/live-events.ts';
import { PlanRegistry } from '../../admin/plan-registry.ts';
import { hashSecret } from '../../admin/secrets.ts';
import {
  emptyTimeline,
  memoryAuditLog,
  memoryKeyStore,
  memoryPeople,
  memoryPlanStore,
  noCells,
  noConsents,
  noErasures,
  noExplanations,
  noMerges,
  noPages,
  noPersonExports,
  noPreviews,
  noReports,
  noSimulations,
  type PersonRow,
} from '../../admin/testing/memory-stores.ts';
import { memorySessions, memoryUsers } from '../../admin/testing/memory-users.ts';
import { UsedKeys } from '../../admin/used-keys.ts';
import { SegmentPublisher } from '../../backfill/segment-publisher.ts';
import { memoryBackfills } from '../../backfill/testing/memory-backfills.ts';
import { createMemoryStore } from '../../commit/testing/memory-store.ts';
import { memoryLists } from '../../lists/testing/memory-lists.ts';
import { Lags } from '../../sweep/lags.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import type { ReadinessReport } from '../../telemetry/readiness.ts';
import { noTracing, type Tracing } from '../../telemetry/tracing.ts';
import { KnownWriteKeys, writeKeysOf } from '../collection/known-write-keys.ts';
import { createHttp } from '../http.ts';
import { RequestLimits, type RequestRates } from '../limits/request-limits.ts';
import type { CollectRequest } from '../ports.ts';

export const SHOP = workspaceId.parse('shop');
export const OTHER = workspaceId.parse('other');
export const WRITE_KEY = 'write-key-of-shop';
/** API keys of `shop`, by what they may do. */
export const API_KEYS = {
  both: 'api-key-of-shop',
  read: 'api-key-that-reads',
  collect: 'api-key-that-collects',
  write: 'api-key-that-writes',
  reports: 'api-key-of-figures',
} as const;
export const OTHER_API_KEY = 'api-key-of-other';
export const METRICS_TOKEN = 'metrics-token-of-tests';

export interface TestServer {
  readonly app: FastifyInstance;
  readonly admin: Admin;
  readonly plans: PlanRegistry;
  /** What reached the collector. */
  readonly collected: CollectRequest[];
  /** Moves the clock, which starts at T0. */
  advance(ms: number): void;
}

export interface TestServerOptions {
  readonly collect?: (request: CollectRequest) => Promise<CollectReply>;
  readonly people?: readonly PersonRow[];
  readonly publicUrl?: string;
  /** Nobody unless given. */
  readonly trustProxy?: boolean | readonly string[];
  readonly tracing?: Tracing;
  readonly readiness?: ReadinessReport;
  /** Takes the lines of the log, all of them; without it nothing is logged. */
  readonly log?: { write(line: string): void };
  /** No limits unless given. */
  readonly rates?: RequestRates;
  readonly admin?: Partial<AdminDeps>;
}

const noLimits: RequestRates = { address: 0, sender: 0, apiKey: 0 };

/** The whole HTTP edge and administration over stores in memory, with two workspaces. */
export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  let now = T0;
  const clock = () => now;
  const keys = memoryKeyStore();
  const planStore = memoryPlanStore();
  const users = memoryUsers();
  const lists = memoryLists(clock);
  const plans = new PlanRegistry((workspace, list) => lists.read(workspace, list));
  const addKey = (workspace: WorkspaceId, kind: 'write_key' | 'api_key', secret: string) =>
    keys.insert(workspace, {
      id: secret,
      name: secret,
      kind,
      prefix: secret.slice(0, 8),
      scopes: kind === 'write_key' ? [] : scopesOf(secret),
      secret: kind === 'write_key' ? secret : hashSecret(secret),
      previous: undefined,
      origins: [],
      createdAt: T0,
      lastUsedAt: undefined,
      expiresAt: undefined,
    });
  for (const [workspace, name] of [
    [SHOP, 'Shop'],
    [OTHER, 'Other'],
  ] as const) {
    const definition = planDefinition.parse({
      version: 1,
      settings: { name },
      segments: [],
      campaigns: [],
    });
    await planStore.append(workspace, definition);
    await plans.load(workspace, definition);
  }
  await addKey(SHOP, 'write_key', WRITE_KEY);
  for (const secret of Object.values(API_KEYS)) {
    await addKey(SHOP, 'api_key', secret);
  }
  await addKey(OTHER, 'api_key', OTHER_API_KEY);

  const usedKeys = new UsedKeys(keys, clock);
  const writeKeys = new KnownWriteKeys(writeKeysOf(usedKeys));
  const admin = createAdmin({
    consoleWorkspaceId: SHOP,
    planStore,
    plans,
    keys,
    usedKeys,
    users,
    oidc: undefined,
    sessions: memorySessions(users),
    openSegments: (publisher) =>
      new SegmentPublisher({
        store: memoryBackfills(createMemoryStore()),
        plans,
        publisher,
        versions: planStore,
        now: clock,
        onStarted: () => {},
      }),
    segmentLags: new Lags(),
    people: memoryPeople(options.people ?? []),
    merges: noMerges,
    pages: noPages,
    timeline: emptyTimeline,
    reports: noReports,
    cells: noCells,
    explanations: noExplanations,
    simulations: noSimulations,
    previews: noPreviews,
    audit: memoryAuditLog(),
    erasures: noErasures,
    consents: noConsents,
    personExports: noPersonExports,
    pseudonymsOf: async () => undefined,
    subjects: { hash: async (id, name) => `hash of ${name} in ${id}` },
    lists,
    figuresOf: async () => ({ quantiles: () => [] }),
    liveEvents: new LiveEvents(),
    now: clock,
    onKeyChanged: (key) => writeKeys.forgetKey(key),
    onFailed: () => {},
    ...options.admin,
  });
  const collected: CollectRequest[] = [];
  const app = await createHttp({
    collector: {
      collect: async (request) => {
        collected.push(request);
        return options.collect === undefined ? { success: true } : options.collect(request);
      },
    },
    writeKeys,
    admin,
    limits: new RequestLimits(options.rates ?? noLimits, clock),
    serves: { collection: true, administration: true },
    readiness: { check: async () => options.readiness ?? { status: 'ready', parts: [] } },
    metricsAccess: { isOpen: false, token: METRICS_TOKEN },
    tracing: options.tracing ?? noTracing,
    metrics: createMetrics({
      version: '0.0.0-test',
      operationalStore: 'embedded',
      eventLog: 'embedded',
    }),
    logger: createLogger(options.log === undefined ? 'silent' : 'trace', options.log),
    now: clock,
    version: '0.0.0-test',
    publicUrl: options.publicUrl,
    trustProxy: options.trustProxy ?? false,
    scriptDirectory: '/nowhere',
    consoleDirectory: '/nowhere',
  });
  await app.ready();
  return {
    app,
    admin,
    plans,
    collected,
    advance(ms) {
      now += ms;
    },
  };
}

function scopesOf(secret: string): readonly Scope[] {
  switch (secret) {
    case API_KEYS.read:
      return ['read'];
    case API_KEYS.collect:
      return ['collect'];
    case API_KEYS.write:
      return ['write'];
    case API_KEYS.reports:
      return ['reports'];
    default:
      return ['read', 'write'];
  }
}

export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
export const basic = (user: string) => ({
  authorization: `Basic ${Buffer.from(user).toString('base64')}`,
});
