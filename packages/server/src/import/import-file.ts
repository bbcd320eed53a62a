import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchBuilder, type ImportBatch } from './batch-builder.ts';
import { findCheckpoint, fingerprintSource, writeCheckpoint } from './checkpoint.ts';
import { openSource, type SourceFormat } from './open-source.ts';
import type { SendBatch } from './ports.ts';
import { RejectFile } from './reject-file.ts';
import { findUnendedRow, hashTaken, markStored, type UnendedRow } from './unended-line.ts';

export interface ImportOptions {
  readonly path: string;
  readonly format: SourceFormat;
  readonly sendBatch: SendBatch;
  /** Part of the ids of records that bring none; the file's name unless given. */
  readonly sourceName?: string;
  /** `PATH.import.json` unless given. */
  readonly checkpointPath?: string;
  /** `PATH.rejects.jsonl` unless given. */
  readonly rejectsPath?: string;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops after the batch in hand; the next run goes on from there. */
  readonly signal?: AbortSignal;
  /** Waits before a batch is sent again; when they are used up the import stops. */
  readonly retryDelaysMs?: readonly number[];
  /** How long nothing must have been written for a last row without line end to be taken. */
  readonly quietMs?: number;
}

export interface ImportProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly line: number;
  readonly accepted: number;
  readonly rejected: number;
}

export interface ImportResult extends ImportProgress {
  /** Whether the end of the file was reached. */
  readonly isComplete: boolean;
  /** Line after which this run began; 0 for the beginning. */
  readonly resumedAfterLine: number;
  readonly rejectsPath: string;
  /** The last row, where it has no line end and so may be cut; undefined where it was refused. */
  readonly unended: UnendedRow | undefined;
}

const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];
/** Longer than writers that flush by the second pause. */
const QUIET_MS = 5_000;

/**
 * Brings a file of past events in: read, map, send in batches, remember how far it came. Killed at any
 * moment and run again, it goes on after the last batch that was acknowledged; records of the batch that
 * was on its way go out a second time under the same ids.
 *
 * @throws {Error} The file, its mapping or its checkpoint does not fit, or batches are not taken.
 */
export async function importFile(options: ImportOptions): Promise<ImportResult> {
  const { path, format, signal } = options;
  const sourceName = options.sourceName ?? basename(path);
  const checkpointPath = options.checkpointPath ?? `${path}.import.json`;
  const rejectsPath = options.rejectsPath ?? `${path}.rejects.jsonl`;
  const before = await findCheckpoint(checkpointPath);
  const reading = { format, sourceName };
  const { fingerprint, headBytes } = await fingerprintSource(path, reading, before?.headBytes);
  if (before !== undefined && before.fingerprint !== fingerprint) {
    throw new Error(
      `${checkpointPath} is of another file, name or mapping; move it away to start anew`,
    );
  }
  const readSource = await openSource(path, format);
  const { size: totalBytes } = await stat(path);
  const rejects = await RejectFile.open(rejectsPath, before?.rejectsBytes ?? 0);
  let progress: ImportProgress = {
    bytes: before?.offset ?? 0,
    totalBytes,
    line: before?.line ?? 0,
    accepted: before?.accepted ?? 0,
    rejected: before?.rejected ?? 0,
  };
  let isComplete = true;
  let unended: UnendedRow | undefined;

  const settle = async (batch: ImportBatch): Promise<void> => {
    const rejected = await sendPersistently(batch, options);
    await rejects.append(rejected);
    progress = {
      bytes: batch.end?.endOffset ?? progress.bytes,
      totalBytes,
      line: batch.end?.line ?? progress.line,
      accepted: progress.accepted + batch.messages.length + batch.refused.length - rejected.length,
      rejected: progress.rejected + rejected.length,
    };
    const { bytes: offset, line, accepted } = progress;
    const counts = { offset, line, accepted, rejected: progress.rejected };
    await writeCheckpoint(checkpointPath, {
      version: 1,
      fingerprint,
      headBytes,
      ...counts,
      rejectsBytes: rejects.bytes,
      taken: batch.taken === undefined ? undefined : hashTaken(batch.taken),
    });
    options.onProgress?.(progress);
  };

  try {
    const builder = new BatchBuilder(sourceName);
    const from = progress.bytes === 0 ? undefined : { offset: progress.bytes, line: progress.line };
    for await (const record of markStored(readSource(from), before?.taken)) {
      if (record.mayGrow && format.kind === 'csv') {
        unended = await findUnendedRow(record, { path, quietMs: options.quietMs ?? QUIET_MS });
      }
      if (unended?.fate === 'left') {
        break;
      }
      const full = builder.add(record);
      if (full !== undefined) {
        await settle(full);
        if (signal?.aborted) {
          isComplete = false;
          break;
        }
      }
    }
    const last = isComplete ? builder.take() : undefined;
    if (last !== undefined) {
      await settle(last);
    }
    if (isComplete) {
      // After the checkpoint, so that a run that finds the file longer cuts them off.
      await rejects.append(builder.unsettled);
      progress = { ...progress, rejected: progress.rejected + builder.unsettled.length };
    }
  } finally {
    await rejects.close();
  }
  const resumedAfterLine = before?.line ?? 0;
  return { ...progress, isComplete, resumedAfterLine, rejectsPath, unended };
}

async function sendPersistently(batch: ImportBatch, options: ImportOptions) {
  const [first] = batch.messages;
  if (first === undefined) {
    return batch.refused;
  }
  const delays = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { rejected } = await options.sendBatch(batch.messages.map(({ message }) => message));
      const answered = rejected.flatMap(({ index, field, reason }) => {
        const sent = batch.messages[index];
        return sent === undefined ? [] : [{ line: sent.line, field, reason, raw: sent.raw }];
      });
      return [...batch.refused, ...answered].sort((one, other) => one.line - other.line);
    } catch (cause) {
      const delayMs = delays[attempt];
      if (delayMs === undefined) {
        throw new Error(`import stopped before line ${first.line}`, { cause });
      }
      await sleep(delayMs);
    }
  }
}
