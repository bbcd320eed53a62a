import { startTenth } from '../assembly/start-tenth.ts';
import type { RunningTenth } from '../assembly/tenth.ts';
import type { Config } from '../config/options.ts';
import { printableConfig, readConfig } from '../config/read-config.ts';
import { startDemoSites } from '../demo/demo-sites.ts';
import { demoSeed, demoWorkspaceId, ensureDemoKeys, followHosts } from '../demo/demo-workspace.ts';
import { findFreePorts } from '../demo/free-ports.ts';
import { createLogger, type Logger } from '../telemetry/logger.ts';
import { frame } from './box.ts';
import type { CliContext, Flags } from './context.ts';
import { untilStopped } from './until-stopped.ts';
import { version } from './version.ts';

interface DemoPorts {
  readonly tenth: number;
  readonly shop: number;
  readonly portal: number;
}

export interface RunningDemo {
  readonly tenth: RunningTenth;
  readonly origins: { readonly tenth: string; readonly shop: string; readonly portal: string };
  stop(): Promise<void>;
}

/** `tenth demo`: the server with a shop to try it on and a portal to arrive from. */
export async function demo(flags: Flags, context: CliContext): Promise<number> {
  const given = readConfig({ environment: context.environment, flags });
  // The frame below is what a visitor of the demo wants to see; warnings still come through.
  const isQuiet = context.environment.TENTH_LOG_LEVEL === undefined && flags.logLevel === undefined;
  const config = isQuiet ? { ...given, logLevel: 'warn' as const } : given;
  const logger = createLogger(config.logLevel);
  logger.info({ config: printableConfig(config), version }, 'process.start.begun');
  const running = await startDemo(config, logger, context.builtDirectory);
  const { tenth, origins } = running;
  const hasPassword = await tenth.admin.signIn.hasPassword();
  context.print(
    frame('Tenth demo', [
      ['Demo shop', `${origins.shop}/`],
      ['Portal', `${origins.portal}/   search there and follow a result`],
      [
        'Console',
        `${origins.tenth}/console/${hasPassword ? '' : '   open it to set the password'}`,
      ],
      ['API reference', `${origins.tenth}/api/`],
      ['Write key', config.demoWriteKey],
      ['API key', config.demoApiKey],
      ['Data', config.dataDir],
    ]),
  );
  context.print('Ctrl+C stops it; the data stays.');
  return untilStopped(() => running.stop(), logger);
}

/** @throws {Error} A port is taken, or the data directory is in use. */
export async function startDemo(
  config: Config,
  logger: Logger,
  builtDirectory: URL,
): Promise<RunningDemo> {
  const ports = await choosePorts(config);
  const origins = {
    tenth: config.publicUrl ?? `http://localhost:${ports.tenth}`,
    shop: `http://localhost:${ports.shop}`,
    portal: `http://localhost:${ports.portal}`,
  };
  const addresses = { shopOrigin: origins.shop, portalOrigin: origins.portal };
  const tenth = await startTenth({
    config: { ...config, port: ports.tenth },
    logger,
    version,
    builtDirectory,
    workspace: { id: demoWorkspaceId, seed: demoSeed(addresses) },
  });
  try {
    await followHosts(
      tenth.admin.publisher,
      tenth.plans.get(demoWorkspaceId).definition,
      addresses,
    );
    const secrets = { writeKey: config.demoWriteKey, apiKey: config.demoApiKey };
    await ensureDemoKeys(tenth.keys, secrets, Date.now());
    const sites = await startDemoSites({
      ...addresses,
      tenthOrigin: origins.tenth,
      writeKey: config.demoWriteKey,
      host: config.host,
      shopPort: ports.shop,
      portalPort: ports.portal,
      builtDirectory,
    });
    tenth.markReady();
    return {
      tenth,
      origins,
      async stop() {
        await sites.stop();
        await tenth.stop();
      },
    };
  } catch (error) {
    await tenth.stop();
    throw error;
  }
}

async function choosePorts({ port, host }: Config): Promise<DemoPorts> {
  if (port !== 0) {
    return { tenth: port, shop: port + 1, portal: port + 2 };
  }
  const [tenth = 0, shop = 0, portal = 0] = await findFreePorts(3, host);
  return { tenth, shop, portal };
}
