/** Builds the console, quietly; gives the folder to be served under `/console/`. */
export function buildConsole(options?: { readonly outDir?: string }): Promise<string>;
