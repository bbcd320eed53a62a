import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ClickHouseFront,
  startClickHouseFront,
} from '@tenth/server/stores/clickhouse/testing/start-clickhouse-front.ts';
import {
  type PostgresServer,
  startPostgres,
} from '@tenth/server/stores/postgres/testing/start-postgres.ts';
import pg from 'pg';

/** Both databases as servers of their own, which nodes share. */
export interface ServedStores {
  readonly databaseUrl: string;
  readonly clickhouseUrl: string;
  readonly postgres: PostgresServer;
  restartPostgres(): Promise<void>;
  stopClickHouse(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  startClickHouse(): Promise<void>;
  /** Asks PostgreSQL itself, past Tenth. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Asks ClickHouse itself, past Tenth; 64-bit numbers come as numbers. */
  ask<Row extends object>(sql: string): Promise<readonly Row[]>;
  remove(): Promise<void>;
}

export async function startServedStores(): Promise<ServedStores> {
  const logDir = await mkdtemp(join(tmpdir(), 'tenth-log-'));
  const [postgres, firstFront] = await Promise.all([startPostgres(), startClickHouseFront(logDir)]);
  let front: ClickHouseFront | undefined = firstFront;
  const { url } = firstFront;
  return {
    databaseUrl: postgres.url,
    clickhouseUrl: `${url}/tenth`,
    postgres,
    async restartPostgres() {
      await postgres.stop();
      await postgres.start();
    },
    async stopClickHouse(signal) {
      await front?.stop(signal);
      front = undefined;
    },
    async startClickHouse() {
      front = await startClickHouseFront(logDir, Number(new URL(url).port));
    },
    async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      try {
        return (await client.query<Row>(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async ask<Row extends object>(sql: string) {
      const settings =
        'database=tenth&default_format=JSONEachRow&output_format_json_quote_64bit_integers=0';
      const reply = await fetch(`${url}/?${settings}`, { method: 'POST', body: sql });
      const text = await reply.text();
      if (!reply.ok) {
        throw new Error(`ClickHouse answered ${reply.status}: ${text}`);
      }
      // The caller names the row's type, as of any query.
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
    },
    async remove() {
      await front?.stop();
      await postgres.remove();
      await rm(logDir, { recursive: true, force: true });
    },
  };
}
