import { isIP, type LookupFunction } from 'node:net';
import { Problem } from '@tenth/model/problem.ts';
import { buildConnector } from 'undici';
import type { AllowedDestinations } from './allowed-destinations.ts';
import { isPublicAddress } from './public-address.ts';

/** All addresses of a host name, as the operating system resolves it. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface GuardedConnectDeps {
  readonly resolve: Resolve;
  readonly allowed: AllowedDestinations;
  readonly connectTimeoutMs: number;
}

/**
 * Opens the connections of the HTTP client, and only to addresses that were checked: the name is
 * resolved here, once, and what is connected to is what came out, so that a name that leads elsewhere a
 * moment later (DNS rebinding) leads nowhere. One bad address of a name is enough to refuse it.
 */
export function guardedConnect({
  resolve,
  allowed,
  connectTimeoutMs,
}: GuardedConnectDeps): buildConnector.connector {
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    checkedAddresses(host, { resolve, allowed }).then(
      (addresses) =>
        buildConnector({ timeout: connectTimeoutMs, lookup: lookupOf(addresses) })(
          { ...options, hostname: host },
          callback,
        ),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** @throws {Problem} address-refused */
async function checkedAddresses(
  host: string,
  { resolve, allowed }: Pick<GuardedConnectDeps, 'resolve' | 'allowed'>,
): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const isAllowed = (address: string) =>
    isPublicAddress(address) || allowed.hasHost(host) || allowed.hasAddress(address);
  if (addresses.length === 0 || !addresses.every(isAllowed)) {
    // Not which address it was: that would tell of the network inside.
    throw new Problem(
      'address-refused',
      `${host} is not on the public internet; the operator can allow it by TENTH_OUTGOING_ALLOW.`,
      'url',
    );
  }
  return addresses;
}

/** Answers with the checked addresses, whatever is asked; for an address, nothing is asked. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    const [first] = all;
    if (options.all === true) {
      callback(null, all);
    } else {
      callback(null, first?.address ?? '', first?.family);
    }
  };
}
