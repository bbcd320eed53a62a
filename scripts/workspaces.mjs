import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders of all packages that have a tsconfig.json, from the repository's root. */
export function typedPackages() {
  const nested = ['packages', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  );
  return [...nested, 'bench', 'e2e'].filter((folder) =>
    existsSync(join(root, folder, 'tsconfig.json')),
  );
}
