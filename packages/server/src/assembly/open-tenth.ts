import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { MINUTE_MS, SECOND_MS } from '@tenth/model/time.ts';
import { createAdmin } from '../admin/admin.ts';
import { LiveEvents } from '../admin/live-events.ts';
import { loadLatestPlan } from '../admin/load-latest-plan.ts';
import { PlanRegistry } from '../admin/plan-registry.ts';
import { UsedKeys } from '../admin/used-keys.ts';
import { Backfiller } from '../backfill/backfiller.ts';
import { readHistory } from '../backfill/read-history.ts';
import { SegmentPublisher } from '../backfill/segment-publisher.ts';
import { createPipeline } from '../commit/pipeline.ts';
import { createCollector } from '../http/collection/collector.ts';
import { KnownWriteKeys, writeKeysOf } from '../http/collection/known-write-keys.ts';
import { unmerge } from '../identify/unmerge.ts';
import { ListKeeper } from '../lists/list-keeper.ts';
import type { EventLogReader } from '../measure/sql/query.ts';
import { ASK_EVERY_MS } from '../nodes/change-watch.ts';
import type { SharedWork } from '../nodes/elections.ts';
import type { LeaseName } from '../nodes/ports.ts';
import type { Role } from '../nodes/role.ts';
import { createOutgoing } from '../outgoing/outgoing.ts';
import { pagesOver } from '../outgoing/pages.ts';
import { packBody } from '../ship/outbox-body.ts';
import { OutboxLimit } from '../ship/outbox-limit.ts';
import { Shipper } from '../ship/shipper.ts';
import { toLogText } from '../stores/clickhouse/log-text.ts';
import { createMemberLog } from '../stores/clickhouse/member-log.ts';
import { createAuditStore } from '../stores/postgres/audit-store.ts';
import { createBackfillStore } from '../stores/postgres/backfill-store.ts';
import { createCommitStore } from '../stores/postgres/commit-store.ts';
import { createDueStore } from '../stores/postgres/due-store.ts';
import { createKeyStore } from '../stores/postgres/key-store.ts';
import { createListStore } from '../stores/postgres/list-store.ts';
import { createMergeStore } from '../stores/postgres/merge-store.ts';
import { createOutboxStore } from '../stores/postgres/outbox-store.ts';
import { createPlanStore } from '../stores/postgres/plan-store.ts';
import { RecentBodies } from '../stores/postgres/recent-bodies.ts';
import { createSessionStore } from '../stores/postgres/session-store.ts';
import { totpSeal } from '../stores/postgres/totp-secrets.ts';
import { createUserStore } from '../stores/postgres/user-store.ts';
import { startVacuum } from '../stores/postgres/vacuum.ts';
import { Lags } from '../sweep/lags.ts';
import { Sweeper } from '../sweep/sweeper.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { openTracing } from '../telemetry/otlp-tracing.ts';
import { historyOf } from './history-of.ts';
import { keepTotpSecrets } from './keep-totp-secrets.ts';
import { limitedPipeline } from './limited-pipeline.ts';
import { openLogQuestions } from './log-questions.ts';
import { timedEventLog, tracedClient, tracedPipeline } from './observed-stages.ts';
import { openOidc } from './open-oidc.ts';
import { openPrivacy } from './open-privacy.ts';
import { openReadiness } from './open-readiness.ts';
import { openStores, type Stores } from './open-stores.ts';
import { prepareWorkspaces } from './prepare-workspaces.ts';
import { requireServedStores } from './require-served-stores.ts';
import { shareWork } from './share-work.ts';
import type { Tenth, TenthOptions } from './tenth.ts';
import { watchChanges } from './watch-changes.ts';
import { watchMetrics } from './watch-metrics.ts';

const now = Date.now;

/**
 * Opens the stores, brings them up to date and starts the pipeline and the shipper.
 *
 * @param open How; unless given, a store that is away is an error.
 * @throws {ConfigError} Several processes are to share stores that one process keeps to itself.
 * @throws {Error} The data directory belongs to another process, or a store does not open.
 */
export async function openTenth(
  options: TenthOptions,
  open: (options: TenthOptions) => Promise<Stores> = openStores,
): Promise<Tenth> {
  const { config, logger } = options;
  requireServedStores(config);
  const oidc = openOidc(config);
  const stores = await open(options);
  const { postgres, clickhouse } = stores;
  const planStore = createPlanStore(postgres, now);
  const seal = totpSeal({ present: config.secretKey, previous: config.previousSecretKey });
  await keepTotpSecrets(postgres, seal, logger);
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
  const metrics = createMetrics({
    version: options.version,
    operationalStore: postgres.kind,
    eventLog: config.clickhouseUrl === undefined ? 'embedded' : 'served',
  });
  const tracing = await openTracing({ endpoint: config.otlpEndpoint, version: options.version });
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
      const { lastCommitMs } = pipeline.stats();
      const events = eventsIn(records);
      metrics.observeCommit(lastCommitMs / SECOND_MS, events);
      tracing.record('commit', { 'tenth.events': events }, lastCommitMs);
      for (const record of records) {
        countOutcomes(metrics, record);
        liveEvents.publish(record);
      }
    },
    onFailed(error) {
      metrics.countFailedCommit();
      logger.error({ err: error }, 'commit.batch.failed');
    },
  });
  const outbox = createOutboxStore(postgres, recentBodies);
  let lastShipError: Error | undefined;
  const shipper: Shipper = new Shipper({
    outbox,
    eventLog: timedEventLog(stores.eventLog, {
      metrics,
      tracing,
      oldestAgeMs: () => shipper.state.oldestAgeMs,
    }),
    onState({ lastError }) {
      if (lastError !== undefined && lastError !== lastShipError) {
        logger.warn({ err: lastError }, 'ship.batch.failed');
      }
      lastShipError = lastError;
    },
  });
  const keys = createKeyStore(postgres);
  const usedKeys = new UsedKeys(keys, now);
  const writeKeys = new KnownWriteKeys(writeKeysOf(usedKeys));
  const merges = createMergeStore(postgres, toOutboxBody);
  const client = tracedClient(clickhouse.client, tracing);
  const logOf = (id: WorkspaceId): EventLogReader => ({ client, workspaceId: id });
  const backfills = createBackfillStore(postgres);
  const segmentLags = new Lags();
  const privacy = await openPrivacy({
    postgres,
    clickhouse,
    planStore,
    plans,
    lists,
    pipeline,
    merges,
    now,
    logger,
  });
  let wakeBackfiller = () => {};
  const outgoing = createOutgoing({ allow: config.outgoingAllow });
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
    ...openLogQuestions({
      logOf,
      plans,
      planStore,
      postgres,
      flush: () => shipper.flush(),
      builtDirectory: options.builtDirectory,
      now,
      logger,
    }),
    keys,
    pages: pagesOver(outgoing),
    usedKeys,
    users: createUserStore(postgres, seal),
    oidc,
    sessions: createSessionStore(postgres),
    audit: createAuditStore(postgres),
    erasures: privacy.erasures,
    consents: privacy.personConsents,
    personExports: privacy.personExports,
    pseudonymsOf: privacy.pseudonymsOf,
    subjects: { hash: (id, name) => privacy.hashes.hash(id, 'subject', name) },
    people: privacy.people,
    merges: {
      list: merges.list,
      undo: (id, mergeId) =>
        unmerge(
          { store: merges, history: historyOf(shipper, logOf), plans: planOf, now },
          id,
          mergeId,
        ),
    },
    lists,
    liveEvents,
    now,
    onKeyChanged: (key) => writeKeys.forgetKey(key),
    onFailed: (error, what) => logger.warn({ err: error, what }, 'admin.background.failed'),
  });
  const backfiller = new Backfiller({
    store: backfills,
    pipeline,
    plans,
    publisher: admin.publisher,
    async *history(id, whose, aggregates) {
      await shipper.flush();
      yield* readHistory(logOf(id), whose, aggregates);
    },
    now,
    graceMs: postgres.kind === 'served' ? 3 * ASK_EVERY_MS : 0,
    onFailed: (error) => logger.warn({ err: error }, 'backfill.failed'),
  });
  wakeBackfiller = () => backfiller.wake();
  const due = createDueStore(postgres);
  const sweeper = new Sweeper({
    due,
    pipeline,
    now,
    onSwept(id, segmentId, lagMs) {
      metrics.observeSweepLag(lagMs / SECOND_MS);
      segmentLags.add(id, segmentId, lagMs);
    },
    onFailed: (error) => logger.warn({ err: error }, 'sweep.failed'),
  });
  const outboxLimit = new OutboxLimit({
    outbox,
    maxBytes: config.outboxLimitMb * 1_048_576,
    onFailed: (error) => logger.warn({ err: error }, 'ship.outbox.unknown'),
  });
  await outboxLimit.start();
  const collector = createCollector({
    pipeline: limitedPipeline(tracedPipeline(pipeline, tracing), outboxLimit),
    plans: planOf,
    metrics,
    suppressions: privacy.suppressions,
    consents: privacy.consents,
    pseudonyms: privacy.pseudonyms,
    signingSecrets: [config.signingSecret, config.previousSigningSecret],
    now,
  });

  watchMetrics(metrics, {
    config,
    postgres,
    pipeline,
    outbox,
    shipper,
    due,
    backfills,
    plans,
    now,
  });
  const has = (role: Role) => config.roles.includes(role);
  const sharedWork = shareWork(
    new Map<LeaseName, SharedWork>([
      ...(has('ship') ? [['ship', shipper] as const] : []),
      ...(has('backfill') ? [['backfill', backfiller] as const] : []),
      ...(has('admin') ? [['quantiles', admin.quantiles] as const] : []),
      ...(has('admin') ? [['erase', privacy.eraser] as const] : []),
      ...(has('admin') ? [['retain', privacy.retention] as const] : []),
    ]),
    { postgres, logger },
  );
  sharedWork.start();
  if (has('sweep')) {
    sweeper.start();
  }
  const vacuum = startVacuum(postgres, MINUTE_MS, (error) =>
    logger.warn({ err: error }, 'stores.vacuum.failed'),
  );
  const changes =
    config.databaseUrl === undefined
      ? undefined
      : watchChanges(config.databaseUrl, {
          planStore,
          plans,
          writeKeys,
          suppressions: privacy.suppressions,
          logger,
        });
  changes?.start();
  return {
    workspaceId,
    admin,
    collector,
    writeKeys,
    keys,
    retention: privacy.retention,
    plans,
    metrics,
    readiness: openReadiness({ postgres, clickhouse, outbox, outboxLimit, now }),
    tracing,
    async stop() {
      await changes?.stop();
      outboxLimit.stop();
      await outgoing.close();
      vacuum.stop();
      await sharedWork.stop();
      await sweeper.stop();
      await pipeline.drain();
      // What cannot be shipped now stays in the outbox for the next start.
      await shipper
        .flush()
        .catch((error: unknown) => logger.warn({ err: error }, 'ship.flush.failed'));
      await stores.close();
      await tracing.stop();
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
