import { MINUTE_MS } from '@tenth/model/time.ts';
import type { AdminDeps } from '../admin/admin.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type {
  Erasures,
  MergeStore,
  PeopleStore,
  PersonConsents,
  PersonExports,
} from '../admin/ports.ts';
import { Publisher } from '../admin/publisher.ts';
import type { Pipeline } from '../commit/pipeline.ts';
import type { ListKeeper } from '../lists/list-keeper.ts';
import { ASK_EVERY_MS } from '../nodes/change-watch.ts';
import { Consents } from '../privacy/consents.ts';
import { currentConsents } from '../privacy/current-consents.ts';
import { Eraser } from '../privacy/eraser.ts';
import { exportPerson } from '../privacy/export-person.ts';
import { KeyedHashes } from '../privacy/keyed-hashes.ts';
import { Pseudonyms } from '../privacy/pseudonyms.ts';
import { createMemberLists, listsNaming } from '../privacy/remove-from-lists.ts';
import { Retention } from '../privacy/retention.ts';
import { Suppressions } from '../privacy/suppressions.ts';
import { toErasure } from '../privacy/to-erasure.ts';
import type { ClickHouseConnection } from '../stores/clickhouse/connect.ts';
import { createErasureLog } from '../stores/clickhouse/erasure-log.ts';
import { createPersonRows } from '../stores/clickhouse/person-rows.ts';
import { createRetentionLog } from '../stores/clickhouse/retention-log.ts';
import { createAuditStore } from '../stores/postgres/audit-store.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import { createConsentStore } from '../stores/postgres/consent-store.ts';
import { createErasureStore } from '../stores/postgres/erasure-store.ts';
import { createInactivePeople } from '../stores/postgres/inactive-people.ts';
import { createPeopleStore } from '../stores/postgres/people-store.ts';
import type { VersionedPlanStore } from '../stores/postgres/plan-store.ts';
import { createSaltStore } from '../stores/postgres/salt-store.ts';
import { createShippingState } from '../stores/postgres/shipping-state.ts';
import { createSuppressionStore } from '../stores/postgres/suppression-store.ts';
import type { Logger } from '../telemetry/logger.ts';

/** A node of an earlier version waits as long as that for the event log, also when another leads. */
const HANDOVER_MS = 10 * MINUTE_MS;

interface PrivacyDeps {
  readonly postgres: PostgresConnection;
  readonly clickhouse: ClickHouseConnection;
  readonly planStore: VersionedPlanStore;
  readonly plans: PlanRegistry;
  readonly lists: ListKeeper;
  readonly pipeline: Pick<Pipeline, 'settle' | 'forget'>;
  readonly merges: Pick<MergeStore, 'list'>;
  readonly now: () => number;
  readonly logger: Logger;
}

/** What a person may ask of the shop, on both stores. */
export async function openPrivacy(deps: PrivacyDeps): Promise<{
  readonly hashes: KeyedHashes;
  readonly suppressions: Suppressions;
  readonly consents: Consents;
  readonly personConsents: PersonConsents;
  readonly personExports: PersonExports;
  readonly pseudonyms: Pseudonyms;
  readonly pseudonymsOf: AdminDeps['pseudonymsOf'];
  /** Finds people by their real names, too, where pseudonyms are kept. */
  readonly people: PeopleStore;
  readonly eraser: Eraser;
  readonly retention: Retention;
  readonly erasures: Erasures;
}> {
  const { postgres, clickhouse, planStore, plans, lists, pipeline, merges, now, logger } = deps;
  const hashes = new KeyedHashes(createSaltStore(postgres));
  const suppressions = new Suppressions(createSuppressionStore(postgres), hashes);
  await suppressions.load();
  const pseudonyms = new Pseudonyms(hashes);
  const pseudonymsOf: AdminDeps['pseudonymsOf'] = async (id) =>
    plans.get(id).definition.settings.privacy.isPseudonymous ? pseudonyms.of(id) : undefined;
  const people = createPeopleStore(postgres);
  const store = createErasureStore(postgres);
  const shipping = createShippingState(postgres);
  const consentStore = createConsentStore(postgres);
  const publisher = new Publisher({ store: planStore, registry: plans });
  const eraser = new Eraser({
    store,
    shipping,
    log: createErasureLog(clickhouse),
    lists: createMemberLists({ plans, publisher, lists }),
    suppressions,
    hashes,
    planOf: (id) => plans.get(id).definition,
    settle: () => pipeline.settle(),
    forget: (id, profileIds) => pipeline.forget(id, profileIds),
    now,
    handoverMs: postgres.kind === 'served' ? HANDOVER_MS : 0,
    graceMs: postgres.kind === 'served' ? 3 * ASK_EVERY_MS : 0,
    onFailed: (error) => logger.warn({ err: error }, 'privacy.erasure.failed'),
  });
  return {
    hashes,
    suppressions,
    consents: new Consents(consentStore),
    personConsents: {
      async read(id, personId) {
        const filed = await consentStore.list(id, personId);
        const merged = await merges.list(id, personId);
        const standing = merged.filter(({ undoneAt }) => undoneAt === null).map(({ at }) => at);
        return {
          current: currentConsents(filed, standing.sort().at(-1)),
          records: filed.map(({ profileId: _, ...record }) => record),
        };
      },
      append: (id, given) => consentStore.append(given.map((one) => ({ ...one, workspaceId: id }))),
    },
    pseudonyms,
    pseudonymsOf,
    people: {
      ...people,
      async find(id, ref) {
        const found = await people.find(id, ref);
        const pseudonymOf = found === undefined ? await pseudonymsOf(id) : undefined;
        return pseudonymOf === undefined || ref.kind === 'profileId'
          ? found
          : people.find(id, { ...ref, value: pseudonymOf(ref.value) });
      },
    },
    personExports: {
      run: (id, personId, signal) =>
        exportPerson(
          {
            people: store,
            consents: consentStore,
            merges,
            listsOf: (workspaceId, names) => listsNaming(plans, workspaceId, names),
            log: createPersonRows(clickhouse.client),
            shipping,
            now,
          },
          { workspaceId: id, personId },
          signal,
        ),
    },
    eraser,
    retention: new Retention({
      workspaces: () => plans.workspaces(),
      settingsOf: (id) => plans.get(id).definition.settings.privacy,
      people: createInactivePeople(postgres),
      eraser,
      erasures: store,
      log: createRetentionLog(clickhouse.client),
      audit: createAuditStore(postgres),
      now,
      onFailed: (error) => logger.warn({ err: error }, 'privacy.retention.failed'),
    }),
    erasures: {
      request: async (id, personId, identifiers) =>
        toErasure(await eraser.request(id, personId, identifiers)),
      async find(id, erasureId) {
        const found = await store.find(id, erasureId);
        return found === undefined ? undefined : toErasure(found);
      },
      list: async (id, query) => (await store.list(id, query)).map(toErasure),
    },
  };
}
