import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { MINUTE_MS, SECOND_MS } from '@tenth/model/time.ts';
import { type Admin, createAdmin } from './admin/admin.ts';
import { checkDraft } from './admin/check-draft.ts';
import { LiveEvents } from './admin/live-events.ts';
import { loadLatestPlan } from './admin/load-latest-plan.ts';
import { PlanRegistry } from './admin/plan-registry.ts';
import type { KeyStore, PlanStore } from './admin/ports.ts';
import { Backfiller } from './backfill/backfiller.ts';
import { readHistory } from './backfill/read-history.ts';
import { SegmentPublisher } from './backfill/segment-publisher.ts';
import { createPipeline } from './commit/pipeline.ts';
import type { Config } from './config/options.ts';
import { explainPersonMoment } from './explain/explain-person-moment.ts';
import { createCollector } from './http/collection/collector.ts';
import { KnownWriteKeys } from './http/collection/known-write-keys.ts';
import { createHttp } from './http/http.ts';
import type { Collector, WriteKeys } from './http/ports.ts';
import { unmerge } from './identify/unmerge.ts';
import { ListKeeper } from './lists/list-keeper.ts';
import { reportCampaign } from './measure/campaign-report.ts';
import { keyOfPlaces } from './measure/cells/cell-key-sql.ts';
import { exploreCells } from './measure/cells/explore-cells.ts';
import { listCellPeople } from './measure/cells/list-cell-people.ts';
import { PersonLevels } from './measure/cells/person-levels.ts';
import { quantilesOf, readFigures } from './measure/conditions/figures-of.ts';
import { previewLines } from './measure/conditions/preview-lines.ts';
import { countCampaigns } from './measure/queries/count-campaigns.ts';
import { explainPerson } from './measure/queries/explain-person.ts';
import { listEventsForReplay, type ReplayEvent } from './measure/queries/list-events-for-replay.ts';
import { listPersonEvents } from './measure/queries/list-person-events.ts';
import { listRecentEvents } from './measure/queries/list-recent-events.ts';
import { reportShop } from './measure/shop-report.ts';
import type { EventLogReader } from './measure/sql/query.ts';
import { PlanVersions } from './replay/plan-versions.ts';
import { packBody } from './ship/outbox-body.ts';
import { Shipper } from './ship/shipper.ts';
import { runSimulation } from './simulate/run-simulation.ts';
import { createEventLog } from './stores/clickhouse/append-batch.ts';
import { type ClickHouseConnection, connectClickHouse } from './stores/clickhouse/connect.ts';
import { toLogText } from './stores/clickhouse/log-text.ts';
import { createMemberLog } from './stores/clickhouse/member-log.ts';
import { migrateClickHouse } from './stores/clickhouse/migrate.ts';
import { createBackfillStore } from './stores/postgres/backfill-store.ts';
import { createCommitStore } from './stores/postgres/commit-store.ts';
import type { PostgresConnection } from './stores/postgres/connection.ts';
import { createConsoleAuthStore } from './stores/postgres/console-auth-store.ts';
import { createCountedSegments } from './stores/postgres/counted-segments.ts';
import { type DataDirLock, lockDataDir } from './stores/postgres/data-dir-lock.ts';
import { createDueStore } from './stores/postgres/due-store.ts';
import { openEmbedded } from './stores/postgres/embedded-connection.ts';
import { createKeyStore } from './stores/postgres/key-store.ts';
import { createListStore } from './stores/postgres/list-store.ts';
import { createMergeStore } from './stores/postgres/merge-store.ts';
import { migrate } from './stores/postgres/migrate.ts';
import { createOutboxStore } from './stores/postgres/outbox-store.ts';
import { createPeopleStore } from './stores/postgres/people-store.ts';
import { createPlanStore } from './stores/postgres/plan-store.ts';
import { RecentBodies } from './stores/postgres/recent-bodies.ts';
import { openServed } from './stores/postgres/served-connection.ts';
import { startVacuum } from './stores/postgres/vacuum.ts';
import { createWorkspaceStore } from './stores/postgres/workspace-store.ts';
import { Lags } from './sweep/lags.ts';
import { Sweeper } from './sweep/sweeper.ts';
import type { Logger } from './telemetry/logger.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';

/** What a workspace starts out with. */
export type PlanSeed = Omit<PlanDefinition, 'version'>;

export interface TenthOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
  /** The folder with the built worker, script and console. */
  readonly builtDirectory: URL;
  /** Made when it is not there yet; unless given, the first workspace there is, or `main`. */
  readonly workspace?: { readonly id: WorkspaceId; readonly seed: PlanSeed };
}

/** Everything but the network: stores, pipeline, administration. */
export interface Tenth {
  readonly workspaceId: WorkspaceId;
  readonly admin: Admin;
  readonly collector: Collector;
  readonly writeKeys: WriteKeys;
  readonly keys: KeyStore;
  readonly plans: PlanRegistry;
  readonly metrics: Metrics;
  /** Rejects when the operational store does not answer. */
  ping(): Promise<void>;
  /** Commits and ships what was taken, then closes the stores. */
  stop(): Promise<void>;
}

export interface RunningTenth extends Tenth {
  readonly addresses: { readonly port: number; readonly origin: string };
  /** From then on `/readyz` says so; whoever starts more beside Tenth calls it last. */
  markReady(): void;
}

// A page that is 100 ms older or newer than another node's plan is as good; so is 2 s.
const PLAN_POLL_MS = 2 * SECOND_MS;
/** What asks for readiness gives up soon, too. */
const READY_WITHIN_MS = 2 * SECOND_MS;
const now = Date.now;

/**
 * Opens the stores, brings them up to date and starts the pipeline and the shipper.
 *
 * @throws {Error} The data directory belongs to another process, or a store does not open.
 */
export async function openTenth(options: TenthOptions): Promise<Tenth> {
  const { config, logger } = options;
  const stores = await openStores(options);
  const { postgres, clickhouse } = stores;
  const planStore = createPlanStore(postgres, now);
  const lists = new ListKeeper({
    store: createListStore(postgres),
    log: createMemberLog(clickhouse.client),
    now,
  });
  const plans = new PlanRegistry((id, list) => lists.read(id, list));
  const workspaceId = await prepareWorkspaces(postgres, planStore, plans, options.workspace);
  for (const id of plans.workspaces()) {
    await lists
      .tidy(id, plans.get(id).definition.lists)
      .catch((error: unknown) => logger.warn({ err: error }, 'lists.tidy.failed'));
  }
  const metrics = createMetrics();
  const liveEvents = new LiveEvents();
  const planOf = { get: (id: WorkspaceId) => plans.get(id).plan };

  const recentBodies = new RecentBodies();
  const pipeline = createPipeline({
    store: createCommitStore(postgres, recentBodies),
    plans: {
      get: planOf.get,
      refresh: (id) => loadLatestPlan(id, { store: planStore, registry: plans }),
    },
    toOutboxBody,
    now,
    onCommitted(records) {
      metrics.observeCommit(pipeline.stats().lastCommitMs / SECOND_MS, eventsIn(records));
      for (const record of records) {
        countOutcomes(metrics, record);
        liveEvents.publish(record);
      }
    },
    onFailed: (error) => logger.error({ err: error }, 'commit.batch.failed'),
  });
  const outbox = createOutboxStore(postgres, recentBodies);
  const shipper = new Shipper({ outbox, eventLog: createEventLog(clickhouse.client) });
  metrics.watchOutbox(async () => {
    const { rows, oldestAt } = await outbox.backlog();
    return { rows, lagSeconds: oldestAt === undefined ? 0 : (now() - oldestAt) / SECOND_MS };
  });

  const keys = createKeyStore(postgres);
  const writeKeys = new KnownWriteKeys({
    findWorkspace: async (key) => (await keys.findBySecret('write_key', key))?.workspaceId,
  });
  const merges = createMergeStore(postgres, toOutboxBody);
  const planVersions = new PlanVersions(planStore, createCountedSegments(postgres));
  const logOf = (id: WorkspaceId): EventLogReader => ({
    client: clickhouse.client,
    workspaceId: id,
  });
  const backfills = createBackfillStore(postgres);
  const segmentLags = new Lags();
  let wakeBackfiller = () => {};
  const personLevels = new PersonLevels({
    now,
    // What was just committed is not in the log yet.
    flush: async () => {
      await shipper.flush();
    },
    onFailed: (error) => logger.warn({ err: error }, 'cells.levels.failed'),
  });
  const admin = createAdmin({
    openSegments: (publisher) =>
      new SegmentPublisher({
        store: backfills,
        plans,
        publisher,
        versions: planStore,
        now,
        onStarted: () => wakeBackfiller(),
      }),
    segmentLags,
    consoleWorkspaceId: workspaceId,
    planStore,
    plans,
    keys,
    consoleAuth: createConsoleAuthStore(postgres),
    people: createPeopleStore(postgres),
    merges: {
      list: merges.list,
      undo: (id, mergeId) =>
        unmerge(
          { store: merges, history: historyOf(shipper, logOf), plans: planOf, now },
          id,
          mergeId,
        ),
    },
    timeline: {
      listOfPerson: (id, profileId, page) => listPersonEvents(logOf(id), { profileId, ...page }),
      listRecent: (id, limit) => listRecentEvents(logOf(id), limit),
      explain: (id, profileId, campaignId) => explainPerson(logOf(id), { profileId, campaignId }),
    },
    reports: {
      campaign: (id, asked) => reportCampaign(logOf(id), asked),
      shop: (id, asked) => reportShop(logOf(id), asked),
      totals: (id, at) => countCampaigns(logOf(id), at),
    },
    cells: {
      async explore(id, { definition, fresh, ...question }) {
        const variables = question.variables.map((variable) => variable.id);
        const asked = { definitions: definition, variables, fresh };
        const build = await personLevels.get(logOf(id), asked);
        const { settings } = definition;
        return exploreCells(logOf(id), build, { ...question, settings });
      },
      async people(id, { definition, places, limit, after, ...chosen }) {
        const variables = chosen.variables.map((variable) => variable.id);
        const asked = { definitions: definition, variables, fresh: false };
        const build = await personLevels.get(logOf(id), asked);
        const key = keyOfPlaces(places);
        const page = await listCellPeople(logOf(id), { build, variables, key, limit, after });
        return { asOf: build.asOf, ...page };
      },
    },
    lists,
    async figuresOf(id, measure) {
      const { definition: definitions } = plans.get(id);
      const figures = await readFigures(logOf(id), { definitions, now: now(), measure });
      return { quantiles: (shares) => quantilesOf(figures, shares) };
    },
    explanations: {
      async explain(id, profileId, asked) {
        // What was just committed is not in the log yet.
        await shipper.flush();
        return explainPersonMoment(
          { log: logOf(id), plans: planVersions, lists: plans.get(id).lists },
          { profileId, ...asked },
        );
      },
    },
    previews: {
      async run(id, request, signal) {
        const { definition } = plans.get(id);
        const { condition } = request;
        await checkDraft(plans, id, condition);
        await shipper.flush();
        const draft = { definitions: definition, condition, now: now() };
        return previewLines(logOf(id), request, draft, signal);
      },
    },
    simulations: {
      async run(id, asked) {
        await shipper.flush();
        const { definition: latest, lists: present } = plans.get(id);
        const workerUrl = new URL('simulation-worker.js', options.builtDirectory);
        return runSimulation(
          { log: logOf(id), plans: planVersions, workerUrl, now },
          { ...asked, latest, lists: present },
        );
      },
    },
    liveEvents,
    now,
    onKeyRevoked: ({ secret }) => writeKeys.forget(secret),
    onFailed: (error, what) => logger.warn({ err: error, what }, 'admin.background.failed'),
  });
  const backfiller = new Backfiller({
    store: backfills,
    pipeline,
    plans,
    publisher: admin.publisher,
    async *history(id, profileIds, aggregates) {
      await shipper.flush();
      yield* readHistory(logOf(id), profileIds, aggregates);
    },
    now,
    graceMs: postgres.kind === 'served' ? 3 * PLAN_POLL_MS : 0,
    onFailed: (error) => logger.warn({ err: error }, 'backfill.failed'),
  });
  wakeBackfiller = () => backfiller.wake();
  const sweeper = new Sweeper({
    due: createDueStore(postgres),
    pipeline,
    now,
    onSwept(id, segmentId, lagMs) {
      metrics.observeSweepLag(lagMs / SECOND_MS);
      segmentLags.add(id, segmentId, lagMs);
    },
    onFailed: (error) => logger.warn({ err: error }, 'sweep.failed'),
  });
  const collector = createCollector({
    pipeline,
    plans: planOf,
    metrics,
    signingSecret: config.signingSecret,
    now,
  });

  shipper.start();
  sweeper.start();
  backfiller.start();
  admin.quantiles.start();
  const vacuum = startVacuum(postgres, MINUTE_MS, (error) =>
    logger.warn({ err: error }, 'stores.vacuum.failed'),
  );
  const stopPolling =
    postgres.kind === 'served' ? pollPlans({ planStore, plans, logger }) : () => {};
  return {
    workspaceId,
    admin,
    collector,
    writeKeys,
    keys,
    plans,
    metrics,
    async ping() {
      await postgres.read('select 1 as alive', []);
    },
    async stop() {
      stopPolling();
      vacuum.stop();
      await admin.quantiles.stop();
      await backfiller.stop();
      await sweeper.stop();
      await pipeline.drain();
      await shipper.stop();
      // What cannot be shipped now stays in the outbox for the next start.
      await shipper
        .flush()
        .catch((error: unknown) => logger.warn({ err: error }, 'ship.flush.failed'));
      await stores.close();
    },
  };
}

/**
 * Starts Tenth with its HTTP server.
 *
 * @throws {Error} As {@link openTenth}; or the port is taken.
 */
export async function startTenth(options: TenthOptions): Promise<RunningTenth> {
  const { config } = options;
  const tenth = await openTenth(options);
  let waitingFor: string | undefined = 'starting';
  const app = await createHttp({
    ...tenth,
    readiness: {
      check: async () =>
        waitingFor === undefined
          ? Promise.race([tenth.ping(), timeOut(READY_WITHIN_MS)]).then(
              () => [],
              () => ['the operational store does not answer'],
            )
          : [waitingFor],
    },
    logger: options.logger,
    now,
    version: options.version,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    scriptDirectory: fileURLToPath(new URL('browser/', options.builtDirectory)),
    consoleDirectory: fileURLToPath(new URL('console/', options.builtDirectory)),
  });
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await tenth.stop();
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === 'object' ? (address?.port ?? config.port) : config.port;
  return {
    ...tenth,
    addresses: { port, origin: config.publicUrl ?? `http://localhost:${port}` },
    markReady() {
      waitingFor = undefined;
    },
    async stop() {
      waitingFor = 'stopping';
      await app.close();
      await tenth.stop();
    },
  };
}

function timeOut(afterMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${afterMs} ms`)), afterMs).unref();
  });
}

interface Stores {
  readonly postgres: PostgresConnection;
  readonly clickhouse: ClickHouseConnection;
  close(): Promise<void>;
}

async function openStores({ config, builtDirectory }: TenthOptions): Promise<Stores> {
  const dataDir = resolve(config.dataDir);
  let lock: DataDirLock | undefined;
  let postgres: PostgresConnection;
  if (config.databaseUrl === undefined) {
    mkdirSync(dataDir, { recursive: true });
    const workerUrl = new URL('pglite-worker.js', builtDirectory);
    postgres = await openEmbedded({ dataDir, workerUrl });
  } else {
    // The embedded event log is one process's own, too.
    lock = config.clickhouseUrl === undefined ? lockDataDir(dataDir) : undefined;
    postgres = openServed(config.databaseUrl);
  }
  try {
    await migrate(postgres.db, now());
    const clickhouse = await connectClickHouse(
      config.clickhouseUrl === undefined
        ? { kind: 'embedded', dataDir: join(dataDir, 'clickhouse') }
        : { kind: 'served', url: config.clickhouseUrl },
    );
    await migrateClickHouse(clickhouse.client);
    return {
      postgres,
      clickhouse,
      async close() {
        await clickhouse.close();
        await postgres.close();
        lock?.release();
      },
    };
  } catch (error) {
    await postgres.close();
    lock?.release();
    throw error;
  }
}

/** Makes the wanted workspace if need be, and loads what every workspace has published. */
async function prepareWorkspaces(
  postgres: PostgresConnection,
  planStore: PlanStore,
  plans: PlanRegistry,
  wanted: TenthOptions['workspace'],
): Promise<WorkspaceId> {
  const workspaces = createWorkspaceStore(postgres);
  const known = await workspaces.list();
  const id = wanted?.id ?? known[0] ?? ('main' as WorkspaceId); // fits the schema of ids
  await workspaces.ensure(id, now());
  if ((await planStore.findLatest(id)) === undefined) {
    const seed = wanted?.seed ?? emptyPlan;
    await planStore.append(id, { ...seed, version: 1 });
  }
  for (const workspaceId of new Set([...known, id])) {
    await loadLatestPlan(workspaceId, { store: planStore, registry: plans });
  }
  return id;
}

const emptyPlan: PlanSeed = planDefinition.parse({
  version: 1,
  settings: { name: 'My shop' },
  segments: [],
  campaigns: [],
});

/** Takes over what other nodes publish. */
function pollPlans({
  planStore,
  plans,
  logger,
}: {
  readonly planStore: ReturnType<typeof createPlanStore>;
  readonly plans: PlanRegistry;
  readonly logger: Logger;
}): () => void {
  const poll = async () => {
    for (const [id, version] of await planStore.latestVersions()) {
      if (plans.find(id)?.definition.version !== version) {
        await loadLatestPlan(id, { store: planStore, registry: plans });
      }
    }
  };
  const timer = setInterval(() => {
    poll().catch((error: unknown) => logger.warn({ err: error }, 'admin.plan.poll-failed'));
  }, PLAN_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Past events out of the log, once everything committed is in it. */
function historyOf(shipper: Shipper, logOf: (id: WorkspaceId) => EventLogReader) {
  return {
    async eventsSince(
      workspaceId: WorkspaceId,
      profileIds: Parameters<typeof listEventsForReplay>[1]['profileIds'],
      since: number,
    ) {
      await shipper.flush();
      const events: ReplayEvent[] = [];
      for (;;) {
        const page = await listEventsForReplay(logOf(workspaceId), {
          profileIds,
          // By the time of receipt, since an imported event may have happened long before.
          since: 0,
          after: events.at(-1)?.seq,
        });
        events.push(...page);
        if (page.length === 0) {
          return events.filter(({ event }) => event.receivedAt >= since);
        }
      }
    },
  };
}

function toOutboxBody(records: readonly LogRecord[]): Promise<Uint8Array> {
  return packBody(toLogText(records));
}

function eventsIn(records: readonly LogRecord[]): number {
  return records.reduce((sum, { events }) => sum + events.length, 0);
}

function countOutcomes(metrics: Metrics, { events }: LogRecord): void {
  for (const { trace } of events) {
    for (const { outcome } of trace?.considered ?? []) {
      metrics.countOutcome(outcome.kind);
    }
  }
}
