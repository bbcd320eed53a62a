export interface BuiltFiles {
  readonly core: string;
  readonly chunks: Readonly<Record<string, string>>;
}
export interface BuiltSize {
  readonly name: string;
  readonly file: string;
  readonly gzipBytes: number;
  readonly maxGzipBytes: number;
}
export function buildBrowser(options: { readonly outDir: string }): Promise<BuiltFiles>;
export function checkSizes(outDir: string): Promise<readonly BuiltSize[]>;
