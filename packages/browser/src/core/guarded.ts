/**
 * The outer edge: nothing that goes wrong in here may reach the shop's page. The first failure
 * says so once at debug level, where only a developer looks; the rest stay silent, because one
 * outage makes the same failure over and over.
 */
let hasReported = false;

export function report(problem: unknown): void {
  if (!hasReported) {
    hasReported = true;
    // biome-ignore lint/suspicious/noConsole: the one message a developer gets to see
    console.debug('[tenth]', problem);
  }
}

/** The same function, except that it reports instead of throwing. */
export function guarded<A extends readonly unknown[]>(
  run: (...args: A) => void,
): (...args: A) => void {
  return (...args) => {
    try {
      run(...args);
    } catch (problem) {
      report(problem);
    }
  };
}
