/** Bundles the server and its database worker; gives the folder with `tenth.js` and `pglite-worker.js`. */
export function buildServer(options?: { readonly outDir?: string }): Promise<string>;
