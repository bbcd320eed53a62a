import { type DestinationStream, type Logger, pino } from 'pino';
import { loggableError } from './loggable-error.ts';

export type { Logger };

/**
 * JSON lines on standard error, so that standard output stays for what a command prints.
 *
 * @param destination Where else, in tests.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: loggableError },
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', 'authorization', 'cookie'],
        censor: '(hidden)',
      },
    },
    destination ?? pino.destination({ dest: 2, sync: level === 'debug' || level === 'trace' }),
  );
}
