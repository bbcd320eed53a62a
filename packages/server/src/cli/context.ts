/** What every command gets from the entry file. */
export interface CliContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder with the built worker, script, console and demo shop. */
  readonly builtDirectory: URL;
  print(text: string): void;
}

/** Flags as the command line gave them, by option name. */
export type Flags = Readonly<Record<string, unknown>>;
