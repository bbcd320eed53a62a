import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the group and all others may do. */
export const OTHERS = 0o077;
const STICKY = 0o1000;
const STORES = ['postgres', 'clickhouse'];
/** All that Tenth itself puts into a data directory. */
const OURS = /^(postgres(\.new-.*)?|clickhouse|tenth\.lock.*|restore\.part)$/;

/** Made for its owner alone: what is kept there is about people. */
export function makeDataDir(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/**
 * Takes the rights of others from a data directory that was made with them. One that holds other things,
 * too, keeps its own; the stores in it are closed all the same.
 *
 * @returns The folders whose rights were changed.
 */
export function tightenDataDir(path: string): readonly string[] {
  const names = readdirSync(path);
  const stores = names.filter((name) => STORES.includes(name)).map((name) => join(path, name));
  const isOursAlone = names.every((name) => OURS.test(name));
  return [...(isOursAlone ? [path] : []), ...stores].filter(tighten);
}

function tighten(folder: string): boolean {
  const { mode, uid } = statSync(folder);
  const isOwn = uid === process.getuid?.();
  if (!isOwn || (mode & OTHERS) === 0 || (mode & STICKY) !== 0) {
    return false;
  }
  try {
    chmodSync(folder, mode & 0o7777 & ~OTHERS);
    return true;
  } catch {
    // Some volumes have no rights of their own; `tenth doctor` says so.
    return false;
  }
}
