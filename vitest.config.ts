import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const everywhere = ['{packages,examples,bench}/**/*'];
const inFiles = (suffix: string) => everywhere.map((glob) => `${glob}.${suffix}.ts`);
const ignored = ['**/node_modules/**', '**/dist/**'];

/** Whole minutes each, though the files are small: begun last, the other core would stand idle beside them. */
const longest = ['/e2e/kill.e2e.ts', '/e2e/campaigns.e2e.ts', '/e2e/faults.e2e.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      longest.some((name) => moduleId.endsWith(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** The suffix of a test file says what it needs: nothing, PostgreSQL, ClickHouse or a browser. */
export default defineConfig({
  test: {
    // Two cores: more workers only get in each other's way.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: inFiles('test'),
          exclude: [...ignored, '**/*.{pg,ch,browser}.test.ts'],
          // They keep nothing between them, and importing all anew for each file takes as long as the tests.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'pg',
          include: inFiles('pg.test'),
          exclude: ignored,
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // The same tests on a PostgreSQL server; left out is what is about the connection itself.
          name: 'pg-served',
          include: inFiles('pg.test'),
          exclude: [...ignored, '**/{database-files,vacuum,killed,served-connection}.pg.test.ts'],
          globalSetup: ['packages/server/src/stores/postgres/testing/start-test-postgres.ts'],
          setupFiles: ['packages/server/src/stores/postgres/testing/use-test-postgres.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'ch',
          include: inFiles('ch.test'),
          exclude: ignored,
          // chDB owns one data directory a process, so each file has a process of its own.
          pool: 'forks',
          isolate: true,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // What asks and writes the event log, over ClickHouse's HTTP interface.
          name: 'ch-served',
          include: [
            '**/{event-log,member-log,erasure-log,reports,preview,read-history,sorted-events}.ch.test.ts',
          ],
          exclude: ignored,
          globalSetup: ['packages/server/src/stores/clickhouse/testing/start-test-clickhouse.ts'],
          setupFiles: ['packages/server/src/stores/clickhouse/testing/use-test-clickhouse.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: inFiles('browser.test'),
          exclude: ignored,
          pool: 'forks',
          // Two at once take each twice as long, and what waits for a page runs out of patience.
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          exclude: ignored,
          pool: 'forks',
          globalSetup: ['scripts/build-for-e2e.mjs'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
