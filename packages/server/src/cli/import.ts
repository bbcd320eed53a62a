import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { collectReply } from '@tenth/model/collect-api.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { z } from 'zod';
import { openTenth } from '../assembly/open-tenth.ts';
import { readConfig } from '../config/read-config.ts';
import { importFile } from '../import/import-file.ts';
import { type ColumnMapping, columnMapping } from '../import/mapping/column-mapping.ts';
import { mappingFromFlags } from '../import/mapping/mapping-from-flags.ts';
import type { SourceFormat } from '../import/open-source.ts';
import type { SendBatch } from '../import/ports.ts';
import { rees46 } from '../import/presets/rees46.ts';
import { createProgressBar } from '../import/progress-bar.ts';
import type { UnendedRow } from '../import/unended-line.ts';
import { createLogger } from '../telemetry/logger.ts';
import type { CliContext, Flags } from './context.ts';
import { version } from './version.ts';

const presets: Readonly<Record<string, ColumnMapping>> = { rees46 };

const text = z.coerce.string();
const list = z.union([z.array(text), text.transform((one) => [one])]).default([]);
const importFlags = z.object({
  apiKey: text.optional(),
  writeKey: text.optional(),
  url: z.url().optional(),
  preset: text.optional(),
  mapping: text.optional(),
  time: text.optional(),
  map: list,
  set: list,
  value: list,
  delimiter: text.optional(),
  sourceName: text.optional(),
});
type ImportFlags = z.infer<typeof importFlags>;

/** `tenth import FILE`: past events from a CSV or a file of Segment messages. Exit code 1 when some were refused. */
export async function importEventsFile(
  path: string,
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const own = importFlags.parse(flags);
  const format = await readFormat(path, own);
  const target = own.url === undefined ? await openHere(own, flags, context) : overHttp(own);
  const bar = createProgressBar();
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  process.once('SIGTERM', () => stopped.abort());
  try {
    const result = await importFile({
      path,
      format,
      sendBatch: target.sendBatch,
      sourceName: own.sourceName ?? basename(path),
      onProgress: bar.onProgress,
      signal: stopped.signal,
    });
    bar.stop();
    context.print(
      `${result.accepted} events taken, ${result.rejected} rejected${result.rejected > 0 ? `; see ${result.rejectsPath}` : ''}`,
    );
    if (!result.isComplete) {
      context.print('Stopped before the end; the same command goes on from here.');
    }
    if (result.unended !== undefined) {
      context.print(unendedNote(result.unended));
    }
    const isWhole = result.isComplete && result.unended?.fate !== 'left';
    return isWhole && result.rejected === 0 ? 0 : 1;
  } finally {
    bar.stop();
    await target.close();
  }
}

function unendedNote({ line, fate }: UnendedRow): string {
  switch (fate) {
    case 'taken':
      return `Line ${line}, the last, has no line end; it was taken as it stands.`;
    case 'left':
      return `Line ${line}, the last, has no line end and the file is still being written: it was left; the same command takes it later.`;
  }
}

async function readFormat(path: string, flags: ImportFlags): Promise<SourceFormat> {
  if (flags.preset !== undefined) {
    const mapping = Object.hasOwn(presets, flags.preset) ? presets[flags.preset] : undefined;
    if (mapping === undefined) {
      throw new Error(
        `there is no preset ${flags.preset}; there is ${Object.keys(presets).join(', ')}`,
      );
    }
    return { kind: 'csv', mapping };
  }
  if (flags.mapping !== undefined) {
    const given: unknown = JSON.parse(await readFile(flags.mapping, 'utf8'));
    return { kind: 'csv', mapping: columnMapping.parse(given) };
  }
  if (flags.time !== undefined) {
    return {
      kind: 'csv',
      mapping: mappingFromFlags({
        time: flags.time,
        map: flags.map,
        constant: flags.set,
        value: flags.value,
        delimiter: flags.delimiter,
      }),
    };
  }
  if (/\.csv(\.gz)?$/i.test(path)) {
    throw new Error('a CSV file needs --preset, --mapping FILE, or --time and --map');
  }
  return { kind: 'segment-jsonl' };
}

interface Target {
  readonly sendBatch: SendBatch;
  close(): Promise<void>;
}

/** To a server that runs: as the shop's server with an API key, or as anybody with the write key. */
function overHttp({ url, apiKey, writeKey }: ImportFlags): Target {
  if (url === undefined || (apiKey ?? writeKey) === undefined) {
    throw new Error('give --api-key or --write-key along with --url');
  }
  const address = new URL('/v1/batch', url);
  const authorization =
    apiKey === undefined
      ? `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`
      : `Bearer ${apiKey}`;
  return {
    async sendBatch(batch) {
      const reply = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ batch }),
      });
      const answer = collectReply.safeParse(await reply.json());
      if (!answer.success) {
        throw new Error(`${address.origin} answered ${reply.status}`);
      }
      return { rejected: answer.data.rejected ?? [] };
    },
    close: async () => {},
  };
}

/** Into this machine's data directory, which no server may be using meanwhile. */
async function openHere(own: ImportFlags, flags: Flags, context: CliContext): Promise<Target> {
  const config = readConfig({ environment: context.environment, flags });
  const tenth = await openTenth({
    config,
    logger: createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel),
    version,
    builtDirectory: context.builtDirectory,
  });
  const workspaceId =
    own.writeKey === undefined
      ? tenth.workspaceId
      : (await tenth.writeKeys.find(own.writeKey))?.workspaceId;
  if (workspaceId === undefined) {
    await tenth.stop();
    throw new Error(`no workspace in ${config.dataDir} has this write key`);
  }
  return {
    async sendBatch(messages) {
      const body: JsonObject = { batch: messages };
      const reply = await tenth.collector.collect({
        workspaceId,
        // Whoever has the data directory has everything in it.
        isTrusted: true,
        call: 'batch',
        body,
        bodyBytes: Buffer.byteLength(JSON.stringify(body)),
        receivedAt: Date.now(),
        client: { ip: '', userAgent: '', referer: '', origin: '', clientHints: {}, gpc: false },
        isDecide: false,
        isExplained: false,
      });
      return { rejected: reply.rejected ?? [] };
    },
    close: () => tenth.stop(),
  };
}
