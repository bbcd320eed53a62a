import { setTimeout as wait } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { SECOND_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import { storedNames, systemTable } from './cluster-statements.ts';

/** A small table is through in some 20 ms, one of a large shop in hours: asked ever less often. */
const FIRST_LOOK_MS = 5;
const LONGEST_LOOK_MS = SECOND_MS;

const runningRow = z.object({ failure: z.string() });

/** Mutations of one table whose text has something that no other has. */
export interface MutationsNamed {
  readonly table: string;
  /** As it stands in the text of the mutation: quoted, values put in. */
  readonly naming: string;
}

/**
 * Waits until none of these mutations runs on any server, also those of a process that is gone. A mutation
 * goes on whoever asks: it may take longer than a question, and a second one behind it would only do the
 * same again.
 *
 * @returns `stopped`: the caller has to go, and leaves them running.
 * @throws {Error} One of them fails. It was ended: ClickHouse would try it for ever, and those behind it wait.
 */
export async function settleMutations(
  { client, cluster }: { readonly client: ClickHouseClient; readonly cluster: string | undefined },
  { table, naming }: MutationsNamed,
  isStopped: () => boolean,
): Promise<'settled' | 'stopped'> {
  const theirs =
    'is_done = 0 AND table IN {tables:Array(String)} AND position(command, {naming:String}) > 0';
  const query_params = { tables: storedNames(table), naming };
  for (let restMs = FIRST_LOOK_MS; ; restMs = Math.min(2 * restMs, LONGEST_LOOK_MS)) {
    const reply = await client.query({
      query: `SELECT latest_fail_reason AS failure FROM ${systemTable('mutations', cluster)} WHERE ${theirs}`,
      query_params,
      format: 'JSONEachRow',
    });
    const running = z.array(runningRow).parse(await reply.json());
    if (running.length === 0) {
      return 'settled';
    }
    const failed = running.find(({ failure }) => failure !== '');
    if (failed !== undefined) {
      await client.command({ query: `KILL MUTATION WHERE ${theirs}`, query_params });
      throw new Error(`ClickHouse could not change ${table}: ${failed.failure}`);
    }
    if (isStopped()) {
      return 'stopped';
    }
    await wait(restMs);
  }
}
