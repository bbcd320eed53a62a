import { startTenth } from '../assembly/start-tenth.ts';
import { printableConfig, readConfig } from '../config/read-config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { frame } from './box.ts';
import type { CliContext, Flags } from './context.ts';
import { untilStopped } from './until-stopped.ts';
import { version } from './version.ts';

/** `tenth start`: the server, until it is told to end. */
export async function start(flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  const logger = createLogger(config.logLevel);
  logger.info({ config: printableConfig(config), version }, 'process.start.begun');
  const tenth = await startTenth({
    config,
    logger,
    version,
    builtDirectory: context.builtDirectory,
  });
  tenth.markReady();
  const { origin } = tenth.addresses;
  const hasPassword = await tenth.admin.signIn.hasPassword();
  context.print(
    frame('Tenth', [
      ['Console', `${origin}/console/`],
      ...(hasPassword ? [] : ([['', 'open it to set the password']] as const)),
      ['API', `${origin}/api/`],
      ['Script', `${origin}/t.js`],
    ]),
  );
  return untilStopped(() => tenth.stop(), logger);
}
