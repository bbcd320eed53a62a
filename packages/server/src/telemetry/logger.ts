import { type Logger, pino } from 'pino';

export type { Logger };

/** JSON lines on standard error, so that standard output stays for what a command prints. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', 'authorization', 'cookie'],
        censor: '(hidden)',
      },
    },
    pino.destination({ dest: 2, sync: level === 'debug' || level === 'trace' }),
  );
}
