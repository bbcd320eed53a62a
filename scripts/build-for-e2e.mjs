import { buildAll } from './build.mjs';
import { isBuildStale } from './is-build-stale.mjs';

/** Vitest runs this once before the whole-system tests. */
export default async function setup() {
  if (await isBuildStale()) {
    await buildAll();
  }
}
