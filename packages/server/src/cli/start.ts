import { requireServedStores } from '../assembly/require-served-stores.ts';
import { startTenth } from '../assembly/start-tenth.ts';
import type { Config } from '../config/options.ts';
import { printableConfig, readConfig } from '../config/read-config.ts';
import { isWorker, tellReady, WorkerPool } from '../nodes/worker-pool.ts';
import { createLogger, type Logger } from '../telemetry/logger.ts';
import { collectForPool } from '../telemetry/pool-metrics.ts';
import { frame } from './box.ts';
import type { CliContext, Flags } from './context.ts';
import { endAtOnce, untilStopped } from './until-stopped.ts';
import { version } from './version.ts';

/** `tenth start`: the server, until it is told to end. */
export async function start(flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  requireServedStores(config);
  const logger = createLogger(config.logLevel);
  if (config.workers > 1 && !isWorker) {
    return startWorkers(config, logger, context);
  }
  logger.info({ config: printableConfig(config), version }, 'process.start.begun');
  const leaveSignals = endAtOnce();
  const tenth = await startTenth({
    config,
    logger,
    version,
    builtDirectory: context.builtDirectory,
  });
  leaveSignals();
  tenth.markReady();
  const { origin } = tenth.addresses;
  if (isWorker) {
    tellReady(origin);
  } else {
    const hasPassword = await tenth.admin.signIn.hasPassword();
    context.print(addressesAt(origin, hasPassword));
  }
  return untilStopped(() => tenth.stop(), logger);
}

async function startWorkers(config: Config, logger: Logger, context: CliContext): Promise<number> {
  const pool = new WorkerPool({
    count: config.workers,
    now: Date.now,
    onEnded: (told) => logger.error(told, 'process.worker.ended'),
  });
  collectForPool(config.workers, (error) => logger.warn({ err: error }, 'telemetry.pool.failed'));
  const leaveSignals = endAtOnce();
  const origin = await pool.start();
  leaveSignals();
  context.print(addressesAt(origin, true));
  return untilStopped(() => pool.stop(), logger);
}

function addressesAt(origin: string, hasPassword: boolean): string {
  return frame('Tenth', [
    ['Console', `${origin}/console/`],
    ...(hasPassword ? [] : ([['', 'open it to set the password']] as const)),
    ['API', `${origin}/api/`],
    ['Script', `${origin}/t.js`],
  ]);
}
