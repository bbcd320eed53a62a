import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { routes } from '@tenth/model/api.ts';
import { problemDetails } from '@tenth/model/problem.ts';
import { z } from 'zod';
import { openTenth } from '../assembly/open-tenth.ts';
import { readConfig } from '../config/read-config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createByteBar } from './byte-bar.ts';
import { localCaller } from './call-server.ts';
import type { CliContext, Flags } from './context.ts';
import { version } from './version.ts';

const { params, query, reply } = routes.uploadList;
type Uploaded = z.infer<typeof reply>;

const text = z.coerce.string();
const listFlags = z.object({
  by: query.shape.by,
  name: text.optional(),
  column: text.optional(),
  charset: text.default('utf-8'),
  url: z.url().optional(),
  apiKey: text.optional(),
  writeKey: text.optional(),
});
type ListFlags = z.infer<typeof listFlags>;

/** The file and the list that it is for, as the commands below want them. */
interface Upload {
  readonly path: string;
  readonly id: z.infer<typeof params>['id'];
  readonly query: z.infer<typeof query>;
  readonly mediaType: 'text/csv' | 'text/plain';
  readonly charset: string;
  readonly isGzipped: boolean;
  /** The file's bytes as they are on disk. */
  readonly bytes: Readable;
}

/** `tenth list upload ID FILE`: replaces the members of a list. Exit code 1 when lines were refused. */
export async function list(
  { action, id, path }: { readonly action: string; readonly id: string; readonly path: string },
  flags: Flags,
  context: CliContext,
): Promise<number> {
  if (action !== 'upload') {
    throw new Error(`there is no command list ${action}; there is list upload ID FILE --by KIND`);
  }
  const own = listFlags.parse(flags);
  const { size } = await stat(path);
  const bar = createByteBar(size);
  const bytes = Readable.from(readBytes(path, bar.add), { objectMode: false });
  const isGzipped = path.toLowerCase().endsWith('.gz');
  const isPlain = /\.txt(\.gz)?$/i.test(path) && own.column === undefined;
  const upload: Upload = {
    path,
    id: params.parse({ id }).id,
    query: query.parse({ by: own.by, name: own.name, column: own.column }),
    mediaType: isPlain ? 'text/plain' : 'text/csv',
    charset: own.charset,
    isGzipped,
    bytes,
  };
  try {
    const uploaded =
      own.url === undefined
        ? await uploadHere(upload, own, flags, context)
        : await uploadOverHttp(upload, own);
    bar.stop();
    print(uploaded, basename(path), context);
    return uploaded.refused === 0 ? 0 : 1;
  } finally {
    bar.stop();
    bytes.destroy();
  }
}

async function* readBytes(path: string, onRead: (bytes: number) => void) {
  const file: AsyncIterable<Buffer> = createReadStream(path);
  for await (const chunk of file) {
    onRead(chunk.length);
    yield chunk;
  }
}

function print(
  { list, lines, duplicates, refused, firstRefused }: Uploaded,
  file: string,
  context: CliContext,
) {
  const twice = duplicates > 0 ? `, ${duplicates} named more than once` : '';
  context.print(
    `${file}: ${lines} lines, ${list.members} people in the list ${list.id}${twice}, ${refused} refused`,
  );
  for (const { line, reason } of firstRefused) {
    context.print(`  line ${line} ${reason}`);
  }
}

/** To a server that runs. */
async function uploadOverHttp(upload: Upload, { url, apiKey }: ListFlags): Promise<Uploaded> {
  if (apiKey === undefined) {
    throw new Error('give --api-key along with --url');
  }
  const { by, name, column } = upload.query;
  const address = new URL(`/api/v1/lists/${upload.id}/members`, url);
  for (const [key, value] of Object.entries({ by, name, column })) {
    if (value !== undefined) {
      address.searchParams.set(key, value);
    }
  }
  const body = upload.isGzipped ? upload.bytes : upload.bytes.pipe(createGzip());
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': `${upload.mediaType}; charset=${upload.charset}`,
      'content-encoding': 'gzip',
    },
    body,
    // Streams are sent while the reply is waited for.
    duplex: 'half',
  });
  const json: unknown = await answer.json().catch(() => undefined);
  const uploaded = reply.safeParse(json);
  if (uploaded.success) {
    return uploaded.data;
  }
  const problem = problemDetails.safeParse(json);
  throw new Error(
    problem.success
      ? `${problem.data.title}: ${problem.data.detail ?? ''}`
      : `${address.origin} answered ${answer.status}`,
  );
}

/** Into this machine's data directory, which no server may be using meanwhile. */
async function uploadHere(
  upload: Upload,
  { writeKey }: ListFlags,
  flags: Flags,
  context: CliContext,
): Promise<Uploaded> {
  const config = readConfig({ environment: context.environment, flags });
  const tenth = await openTenth({
    config,
    logger: createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel),
    version,
    builtDirectory: context.builtDirectory,
  });
  try {
    const workspaceId =
      writeKey === undefined
        ? tenth.workspaceId
        : (await tenth.writeKeys.find(writeKey))?.workspaceId;
    if (workspaceId === undefined) {
      throw new Error(`no workspace in ${config.dataDir} has this write key`);
    }
    return await tenth.admin.handlers.uploadList({
      caller: localCaller(workspaceId),
      params: { id: upload.id },
      query: upload.query,
      upload: {
        mediaType: upload.mediaType,
        charset: upload.charset,
        chunks: upload.isGzipped ? upload.bytes.pipe(createGunzip()) : upload.bytes,
      },
    });
  } finally {
    await tenth.stop();
  }
}
