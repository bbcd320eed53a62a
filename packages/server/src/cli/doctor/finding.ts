/** One thing that was looked at. */
export interface Finding {
  /** Of a closed set, for programs: `postgres.clock`. */
  readonly check: string;
  /** `warning`: Tenth runs, and somebody should look. `bad`: it does not, or not for long. */
  readonly state: 'ok' | 'warning' | 'bad';
  /** What was found and, where it is not well, what to do. */
  readonly what: string;
}

/** The first line of what it says, to be put into a sentence. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('\n')[0] ?? '').replace(/\.$/, '');
  // A breaker or a client may stand between, whose own words say less.
  return error instanceof Error && error.cause instanceof Error
    ? `${line} (${messageOf(error.cause)})`
    : line;
}
