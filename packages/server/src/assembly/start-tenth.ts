import { fileURLToPath } from 'node:url';
import { createHttp } from '../http/http.ts';
import { RequestLimits } from '../http/limits/request-limits.ts';
import { openStoresOnceThere } from './open-stores-once-there.ts';
import { openTenth } from './open-tenth.ts';
import type { RunningTenth, TenthOptions } from './tenth.ts';

/**
 * Starts Tenth with its HTTP server. While a served store is away, it waits for it and says so on the port.
 *
 * @throws {Error} As {@link openTenth}; or the port is taken.
 */
export async function startTenth(options: TenthOptions): Promise<RunningTenth> {
  const { config } = options;
  const tenth = await openTenth(options, openStoresOnceThere);
  const app = await createHttp({
    ...tenth,
    serves: {
      collection: config.roles.includes('collect'),
      administration: config.roles.includes('admin'),
    },
    metricsAccess: { isOpen: config.metricsOpen, token: config.metricsToken },
    limits: new RequestLimits(
      { address: config.addressRate, sender: config.senderRate, apiKey: config.apiRate },
      Date.now,
    ),
    logger: options.logger,
    now: Date.now,
    version: options.version,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    scriptDirectory: fileURLToPath(new URL('browser/', options.builtDirectory)),
    consoleDirectory: fileURLToPath(new URL('console/', options.builtDirectory)),
  });
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await tenth.stop();
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === 'object' ? (address?.port ?? config.port) : config.port;
  return {
    ...tenth,
    addresses: { port, origin: config.publicUrl ?? `http://localhost:${port}` },
    markReady() {
      tenth.readiness.markReady();
    },
    async stop() {
      tenth.readiness.markStopping();
      await app.close();
      await tenth.stop();
    },
  };
}
