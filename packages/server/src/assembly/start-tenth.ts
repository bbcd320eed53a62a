import { fileURLToPath } from 'node:url';
import { SECOND_MS } from '@tenth/model/time.ts';
import { createHttp } from '../http/http.ts';
import { openTenth } from './open-tenth.ts';
import type { RunningTenth, TenthOptions } from './tenth.ts';

/** What asks for readiness gives up soon, too. */
const READY_WITHIN_MS = 2 * SECOND_MS;

/**
 * Starts Tenth with its HTTP server.
 *
 * @throws {Error} As {@link openTenth}; or the port is taken.
 */
export async function startTenth(options: TenthOptions): Promise<RunningTenth> {
  const { config } = options;
  const tenth = await openTenth(options);
  let waitingFor: string | undefined = 'starting';
  const app = await createHttp({
    ...tenth,
    serves: {
      collection: config.roles.includes('collect'),
      administration: config.roles.includes('admin'),
    },
    readiness: {
      check: async () =>
        waitingFor === undefined
          ? Promise.race([tenth.ping(), timeOut(READY_WITHIN_MS)]).then(
              () => [],
              () => ['the operational store does not answer'],
            )
          : [waitingFor],
    },
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
      waitingFor = undefined;
    },
    async stop() {
      waitingFor = 'stopping';
      await app.close();
      await tenth.stop();
    },
  };
}

function timeOut(afterMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${afterMs} ms`)), afterMs).unref();
  });
}
