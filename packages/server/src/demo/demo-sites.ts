import { readFile } from 'node:fs/promises';
import { createDemoShop } from '@tenth/demo-shop/demo-shop.ts';
import { createPortal } from '@tenth/demo-shop/portal.ts';
import type { DemoAddresses } from './demo-workspace.ts';

export interface DemoSitesOptions extends DemoAddresses {
  readonly tenthOrigin: string;
  readonly writeKey: string;
  readonly host: string;
  readonly shopPort: number;
  readonly portalPort: number;
  readonly builtDirectory: URL;
}

export interface DemoSites {
  stop(): Promise<void>;
}

/**
 * Starts the demo shop and the portal that visitors come from.
 *
 * @throws {Error} A port is taken.
 */
export async function startDemoSites(options: DemoSitesOptions): Promise<DemoSites> {
  const { host } = options;
  const clientScript = await readFile(new URL('demo-shop.js', options.builtDirectory), 'utf8');
  const shop = await createDemoShop({
    tenthOrigin: options.tenthOrigin,
    writeKey: options.writeKey,
    portalOrigin: options.portalOrigin,
    clientScript,
  });
  const portal = createPortal({ shopOrigin: options.shopOrigin });
  const stop = async () => {
    await Promise.all([shop.close(), portal.close()]);
  };
  try {
    await shop.listen({ port: options.shopPort, host });
    await portal.listen({ port: options.portalPort, host });
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
