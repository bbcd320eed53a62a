import type { Logger } from '../telemetry/logger.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What an operator waits for at most; a supervisor kills after 10 s or more. */
const STOP_MS = 25_000;

/** Ctrl+C reaches every process of the terminal, and those above this one pass it on once more. */
const ECHO_MS = 1_000;

/**
 * Resolves after a signal to end and a graceful stop. A second signal ends at once.
 *
 * @returns The exit code.
 */
export function untilStopped(stop: () => Promise<void>, logger: Logger): Promise<number> {
  return new Promise((resolve) => {
    let begunAt: number | undefined;
    const onSignal = (signal: NodeJS.Signals) => {
      if (begunAt !== undefined) {
        if (Date.now() - begunAt > ECHO_MS) {
          process.exit(1);
        }
        return;
      }
      begunAt = Date.now();
      logger.info({ signal }, 'process.stop.begun');
      const late = setTimeout(() => {
        logger.error('process.stop.too-slow');
        process.exit(1);
      }, STOP_MS);
      stop().then(
        () => {
          clearTimeout(late);
          resolve(0);
        },
        (error: unknown) => {
          clearTimeout(late);
          logger.error({ err: error }, 'process.stop.failed');
          resolve(1);
        },
      );
    };
    for (const signal of SIGNALS) {
      process.on(signal, onSignal);
    }
  });
}

/**
 * Ends the process at the first signal, while it starts and nobody has been answered yet. The system does
 * so by itself, but not for the first process of a container.
 *
 * @returns Leaves signals to others from then on.
 */
export function endAtOnce(): () => void {
  const end = () => process.exit(0);
  for (const signal of SIGNALS) {
    process.on(signal, end);
  }
  return () => {
    for (const signal of SIGNALS) {
      process.off(signal, end);
    }
  };
}
