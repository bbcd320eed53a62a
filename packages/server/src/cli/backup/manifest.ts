import { isAbsolute, join, posix } from 'node:path';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';

/** Inside the back-up, with `/`, whatever the system: nothing a manifest names may lie elsewhere. */
const innerPath = z.string().refine((path) => {
  const plain = posix.normalize(path);
  return plain === path && !isAbsolute(plain) && !plain.startsWith('..') && plain !== '.';
}, 'lies outside the back-up');

const link = z
  .strictObject({ kind: z.literal('link'), path: innerPath, target: z.string() })
  .refine(
    ({ path, target }) =>
      !isAbsolute(target) && innerPath.safeParse(join(posix.dirname(path), target)).success,
    'points outside the back-up',
  );

/** One file, folder or symbolic link; parents come before what is in them. */
export const backupEntry = z.union([
  z.strictObject({ kind: z.literal('folder'), path: innerPath }),
  z.strictObject({
    kind: z.literal('file'),
    path: innerPath,
    bytes: z.number().int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  link,
]);
export type BackupEntry = z.infer<typeof backupEntry>;

/** What a restored back-up must have, too. */
export const storeCounts = z.strictObject({
  workspaces: z.number().int(),
  profiles: z.number().int(),
  identifiers: z.number().int(),
  events: z.number().int(),
  decisions: z.number().int(),
});
export type StoreCounts = z.infer<typeof storeCounts>;

/** Beside the copied files; written last, so that a back-up that was cut off has none. */
export const backupManifest = z.strictObject({
  format: z.literal(1),
  /** Of Tenth. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  counts: storeCounts,
  entries: z.array(backupEntry),
});
export type BackupManifest = z.infer<typeof backupManifest>;
