import type { Config } from '../../config/options.ts';

/** @throws {Error} A store is served: it has tools of its own, which see more than its files. */
export function requireEmbedded({ databaseUrl, clickhouseUrl }: Config): void {
  if (databaseUrl !== undefined || clickhouseUrl !== undefined) {
    throw new Error(
      'this is for embedded stores; back up served ones with pg_dump and BACKUP, as docs/operations.md says',
    );
  }
}
