import type { AuditEntry } from '@tenth/model/audit.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { PlanVersionStore } from '../../replay/plan-versions.ts';
import type { AuditLog } from '../audit/ports.ts';
import type {
  Cells,
  Erasures,
  Explanations,
  FoundPerson,
  KeyStore,
  MergeStore,
  Pages,
  PeopleStore,
  PersonConsents,
  PersonExports,
  PlanStore,
  Previews,
  Reports,
  Simulations,
  StoredKey,
  Timeline,
} from '../ports.ts';

/** Stores in memory that keep the ports' promises, for tests of what is above them. */
export function memoryPlanStore(): PlanStore & PlanVersionStore {
  const versions = new Map<WorkspaceId, PlanDefinition[]>();
  return {
    async findLatest(workspaceId) {
      return versions.get(workspaceId)?.at(-1);
    },
    async find(workspaceId, version) {
      return versions.get(workspaceId)?.find((one) => one.version === version);
    },
    async append(workspaceId, definition) {
      const list = versions.get(workspaceId) ?? [];
      if (list.some(({ version }) => version === definition.version)) {
        return false;
      }
      versions.set(workspaceId, [...list, definition]);
      return true;
    },
  };
}

/** Nobody answers. */
export const noPages: Pages = {
  read: async () => ({ kind: 'unreachable', reason: 'unreachable' }),
};

export function memoryKeyStore(): KeyStore {
  const rows: { workspaceId: WorkspaceId; key: StoredKey }[] = [];
  const indexOf = (workspaceId: WorkspaceId, keyId: string) =>
    rows.findIndex((row) => row.workspaceId === workspaceId && row.key.id === keyId);
  return {
    async list(workspaceId) {
      return rows.filter((row) => row.workspaceId === workspaceId).map(({ key }) => key);
    },
    async insert(workspaceId, key) {
      rows.push({ workspaceId, key });
    },
    async remove(workspaceId, keyId) {
      const index = indexOf(workspaceId, keyId);
      return index < 0 ? undefined : rows.splice(index, 1)[0]?.key;
    },
    async change(workspaceId, keyId, change) {
      const row = rows[indexOf(workspaceId, keyId)];
      if (row === undefined) {
        return undefined;
      }
      row.key = { ...row.key, ...change };
      return row.key;
    },
    async findBySecret(kind, secret, now) {
      return rows.find(
        ({ key: { previous, expiresAt, ...key } }) =>
          key.kind === kind &&
          (key.secret === secret || (previous?.secret === secret && previous.until > now)) &&
          (expiresAt === undefined || expiresAt > now),
      );
    },
    async markUsed(workspaceId, keyId, at) {
      const row = rows[indexOf(workspaceId, keyId)];
      if (row !== undefined) {
        row.key = { ...row.key, lastUsedAt: at };
      }
    },
  };
}

export interface PersonRow extends FoundPerson {
  readonly workspaceId: WorkspaceId;
}

export function memoryPeople(rows: readonly PersonRow[]): PeopleStore {
  const own = (workspaceId: WorkspaceId) => rows.filter((row) => row.workspaceId === workspaceId);
  return {
    async search(workspaceId, { limit }) {
      return { people: own(workspaceId).slice(0, limit), next: null };
    },
    async find(workspaceId, { kind, value }) {
      return own(workspaceId).find((row) =>
        kind === 'profileId'
          ? row.profile.id === value
          : row.identifiers.some((one) => one.kind === kind && one.value === value),
      );
    },
    async countBySegment() {
      return new Map();
    },
  };
}

export function memoryAuditLog(): AuditLog {
  const entries: { workspaceId: WorkspaceId; entry: AuditEntry }[] = [];
  return {
    async append(workspaceId, { at, ...entry }) {
      const entryId = entries.length + 1;
      entries.push({
        workspaceId,
        entry: { ...entry, entryId, at: new Date(at).toISOString() },
      });
    },
    async list(workspaceId, { limit, before = Number.POSITIVE_INFINITY, act, people }) {
      return entries
        .filter((one) => one.workspaceId === workspaceId)
        .map(({ entry }) => entry)
        .filter(({ entryId }) => entryId < before)
        .filter((entry) => act === undefined || entry.act === act)
        .filter(({ target }) => people?.includes(target.person ?? '') ?? true)
        .reverse()
        .slice(0, limit);
    },
  };
}

export const noMerges: MergeStore = {
  list: async () => [],
  undo: async () => undefined,
};

export const emptyTimeline: Timeline = {
  listOfPerson: async () => ({ events: [], next: null }),
  listRecent: async () => [],
  explain: async () => [],
};

export const noExplanations: Explanations = {
  explain: () => Promise.reject(new Error('no event log here')),
};

export const noSimulations: Simulations = {
  run: () => Promise.reject(new Error('no event log here')),
};

export const noPreviews: Previews = {
  run: () => Promise.reject(new Error('no event log here')),
};

export const noConsents: PersonConsents = {
  read: async () => ({ current: [], records: [] }),
  append: async () => {},
};

export const noPersonExports: PersonExports = {
  run: () => {
    throw new Error('nobody is exported here');
  },
};

export const noErasures: Erasures = {
  request: () => Promise.reject(new Error('nobody is erased here')),
  find: async () => undefined,
  list: async () => [],
};

export const noCells: Cells = {
  explore: () => Promise.reject(new Error('no event log here')),
  people: () => Promise.reject(new Error('no event log here')),
};

export const noReports: Reports = {
  campaign: () => Promise.reject(new Error('no event log here')),
  shop: () => Promise.reject(new Error('no event log here')),
  totals: async () => new Map(),
};
