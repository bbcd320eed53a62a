import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { refused, type SourceLine, type SourcePlace } from './readers/source-line.ts';

export interface UnendedRow {
  readonly line: number;
  /** `taken`: stored as it stood. `left`: the file was still being written; the next run reads it again. */
  readonly fate: 'taken' | 'left';
}

/**
 * What becomes of the last row of a CSV file that has no line end. JSON is whole or not, but half a
 * price is a price, too.
 */
export async function findUnendedRow(
  { kind, line, endOffset }: SourceLine | StoredLine,
  { path, quietMs }: { readonly path: string; readonly quietMs: number },
): Promise<UnendedRow | undefined> {
  switch (kind) {
    case 'refused':
      return undefined;
    case 'stored':
      return { line, fate: 'taken' };
    case 'message': {
      const isLeft = await isStillWritten(path, endOffset, quietMs);
      return { line, fate: isLeft ? 'left' : 'taken' };
    }
  }
}

/**
 * Whether the file is still being written: it has changed since it was read up to `endOffset`, or does
 * so until nothing was written for `quietMs`.
 */
async function isStillWritten(path: string, endOffset: number, quietMs: number): Promise<boolean> {
  const { size, mtimeMs } = await stat(path);
  const restMs = Math.min(mtimeMs + quietMs - Date.now(), quietMs);
  if (size !== endOffset || restMs <= 0) {
    return size !== endOffset;
  }
  await sleep(restMs);
  return (await stat(path)).size !== endOffset;
}

/** Of a record that was taken without its line end, to know it again by. */
export function hashTaken(raw: string): string {
  return createHash('sha256').update(raw).digest('base64url');
}

/** A record that an earlier run took as it stands. */
export type StoredLine = SourcePlace & { readonly kind: 'stored' };

/**
 * Records after a checkpoint, the first marked as stored if an earlier run took it without its line end.
 * Where it has grown since, it is refused: what is stored under its id is the shorter one and cannot be
 * replaced.
 */
export async function* markStored(
  records: AsyncIterable<SourceLine>,
  taken: string | undefined,
): AsyncGenerator<SourceLine | StoredLine> {
  let isFirst = taken !== undefined;
  for await (const record of records) {
    if (!isFirst) {
      yield record;
    } else {
      const { line, endOffset, mayGrow, raw } = record;
      const read = hashTaken(raw) === taken ? ({ kind: 'stored' } as const) : refused('', GROWN);
      yield { line, endOffset, mayGrow, raw, ...read };
    }
    isFirst = false;
  }
}

const GROWN = 'has grown since an earlier run, which took it as it was then, without a line end';
