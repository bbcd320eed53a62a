/** One thing that was looked at. */
export interface Finding {
  /** Of a closed set, for programs: `postgres.clock`. */
  readonly check: string;
  /** `warning`: Tenth runs, and somebody should look. `bad`: it does not, or not for long. */
  readonly state: 'ok' | 'warning' | 'bad';
  /** What was found and, where it is not well, what to do. */
  readonly what: string;
}

export function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  // A breaker or a client may stand between, whose own words say less.
  return error instanceof Error && error.cause instanceof Error
    ? `${line} (${messageOf(error.cause)})`
    : line;
}
