import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readlink, symlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { BackupEntry } from './manifest.ts';

const CHUNK_BYTES = 1024 * 1024;

/** @returns What is in the folder, parents first; paths with `/`, below `under`. */
export async function listTree(root: string, under: string): Promise<readonly string[]> {
  const paths: string[] = [];
  const names = await readdir(join(root, under), { withFileTypes: true });
  for (const name of names.sort((left, right) => left.name.localeCompare(right.name))) {
    const path = posix.join(under, name.name);
    paths.push(path);
    if (name.isDirectory()) {
      paths.push(...(await listTree(root, path)));
    }
  }
  return paths;
}

/**
 * Copies one file, folder or link.
 *
 * @throws {Error} It is none of these, such as a socket.
 */
export async function copyEntry(
  from: string,
  to: string,
  { path, kind }: { readonly path: string; readonly kind: BackupEntry['kind'] },
): Promise<BackupEntry> {
  const [source, copy] = [join(from, path), join(to, path)];
  switch (kind) {
    case 'folder':
      await mkdir(copy, { mode: 0o700 });
      return { kind, path };
    case 'link': {
      const target = await readlink(source);
      await symlink(target, copy);
      return { kind, path, target };
    }
    case 'file':
      return { kind, path, ...(await copyFile(source, copy)) };
  }
}

/** Read once, for the copy and its sum; on disk when it is done, or the back-up would be a promise. */
async function copyFile(
  source: string,
  copy: string,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const input = await open(source, 'r');
  try {
    const output = await open(copy, 'wx', 0o600);
    try {
      const sum = createHash('sha256');
      const chunk = Buffer.alloc(CHUNK_BYTES);
      let bytes = 0;
      for (;;) {
        const { bytesRead } = await input.read(chunk, 0, CHUNK_BYTES);
        if (bytesRead === 0) {
          break;
        }
        const part = chunk.subarray(0, bytesRead);
        sum.update(part);
        await output.writeFile(part);
        bytes += bytesRead;
      }
      await output.sync();
      return { bytes, sha256: sum.digest('hex') };
    } finally {
      await output.close();
    }
  } finally {
    await input.close();
  }
}
