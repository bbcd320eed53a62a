import { createHash } from 'node:crypto';

/**
 * The id of a record that brings none: the same source and line give the same id, so that collection
 * drops what an earlier run has sent.
 *
 * @returns `import-` and 128 bits in base64url.
 */
export function importMessageId(sourceName: string, line: number): string {
  const hash = createHash('sha256').update(`${sourceName}\n${line}`).digest();
  return `import-${hash.subarray(0, 16).toString('base64url')}`;
}
