import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';

/** How far an import has come. Everything before `offset` is either stored or in the file of rejects. */
const checkpoint = z.strictObject({
  version: z.literal(1),
  /** Of the source's first bytes and of how it is read. */
  fingerprint: z.string(),
  headBytes: z.number().int().nonnegative(),
  /** Bytes of the source. */
  offset: z.number().int().nonnegative(),
  line: z.number().int().nonnegative(),
  accepted: z.number().int().nonnegative(),
  rejected: z.number().int().nonnegative(),
  /** Length of the file of rejects; what stands after it was written by a run that died. */
  rejectsBytes: z.number().int().nonnegative(),
  /** Hash of the record after `offset`, where it had no line end and was stored as it stood. */
  taken: z.string().optional(),
});
export type Checkpoint = z.infer<typeof checkpoint>;

/** @throws {Error} The file is there and is no checkpoint. */
export async function findCheckpoint(path: string): Promise<Checkpoint | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      return undefined;
    }
    throw cause;
  }
  try {
    return checkpoint.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is not a checkpoint of an import; move it away to start anew`, {
      cause,
    });
  }
}

/** Replaces the checkpoint in one step: a reader finds the old one or the new one, whole. */
export async function writeCheckpoint(path: string, value: Checkpoint): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w');
  try {
    await file.writeFile(`${JSON.stringify(value)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

const HEAD_BYTES = 65_536;

/**
 * Tells one source from another by its beginning, so that it may be moved, and grow at its end.
 *
 * @param headBytes As many as at the first run; a later run may find the file longer.
 */
export async function fingerprintSource(
  path: string,
  reading: unknown,
  headBytes = HEAD_BYTES,
): Promise<{ readonly fingerprint: string; readonly headBytes: number }> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    const hash = createHash('sha256').update(JSON.stringify(reading));
    const fingerprint = hash.update(head.subarray(0, bytesRead)).digest('hex');
    return { fingerprint, headBytes: bytesRead };
  } finally {
    await file.close();
  }
}
