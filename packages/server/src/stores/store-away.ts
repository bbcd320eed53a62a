import { Problem } from '@tenth/model/problem.ts';
import { isLogAway } from './clickhouse/log-away.ts';
import { sqlStateOf } from './postgres/connection.ts';
import { isSilence } from './postgres/silence.ts';

export type StoreName = 'operational_store' | 'event_log';

const known = {
  operational_store: { name: 'PostgreSQL', setting: 'DATABASE_URL' },
  event_log: { name: 'ClickHouse', setting: 'CLICKHOUSE_URL' },
} as const satisfies Record<StoreName, object>;

/**
 * A store is not there now, rather than refusing us: trying again is worth it. Its message names no host
 * and no user, since anybody may read it in `/readyz`.
 */
export class StoreAway extends Error {
  override readonly name = 'StoreAway';
  readonly store: StoreName;

  constructor(store: StoreName, cause: unknown) {
    const { name, setting } = known[store];
    const code = codeOf(cause);
    const why = code === undefined ? '' : ` (${code})`;
    super(`${name} does not answer${why}: look at the server and at ${setting}`, { cause });
    this.store = store;
  }
}

/**
 * Runs what needs a store.
 *
 * @throws {StoreAway} The store was away. Whatever else it throws, such as for a wrong password, stays.
 */
export async function tellingStoreAway<Result>(
  store: StoreName,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isAway(error) ? new StoreAway(store, error) : error;
  }
}

function isAway(error: unknown): boolean {
  return (
    !(error instanceof StoreAway) &&
    causesOf(error).some(
      (one) =>
        isSilence(one) ||
        isLogAway(one) ||
        (one instanceof Problem && one.code === 'store-unavailable'),
    )
  );
}

/** What the operating system or the server says: ECONNREFUSED, 57P03. */
function codeOf(error: unknown): string | undefined {
  return causesOf(error)
    .filter((one) => !(one instanceof Problem))
    .map(sqlStateOf)
    .find((code) => code !== undefined);
}

function causesOf(error: unknown): readonly unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
