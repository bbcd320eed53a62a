import ipaddr from 'ipaddr.js';

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** What the operator lets the server call although it is not public. */
export interface AllowedDestinations {
  hasHost(name: string): boolean;
  hasAddress(address: string): boolean;
}

/** Whether {@link allowedDestinations} takes them all. */
export function areDestinations(entries: readonly string[]): boolean {
  try {
    allowedDestinations(entries);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param entries Host names, addresses and networks: `crm.internal`, `10.1.2.3`, `10.0.0.0/8`.
 * @throws {Error} Names the entry that is none of these.
 */
export function allowedDestinations(entries: readonly string[]): AllowedDestinations {
  const hosts = new Set<string>();
  const networks: Network[] = [];
  for (const entry of entries) {
    if (ipaddr.isValidCIDR(entry)) {
      networks.push(ipaddr.parseCIDR(entry));
    } else if (ipaddr.isValid(entry)) {
      const address = ipaddr.parse(entry);
      networks.push([address, address.kind() === 'ipv4' ? 32 : 128]);
    } else if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(entry)) {
      hosts.add(entry.toLowerCase());
    } else {
      throw new Error(`${entry} is no host name, address or network`);
    }
  }
  return {
    hasHost: (name) => hosts.has(name.toLowerCase()),
    hasAddress(text) {
      if (!ipaddr.isValid(text)) {
        return false;
      }
      const address = ipaddr.parse(text);
      return networks.some(
        ([network, bits]) => network.kind() === address.kind() && address.match([network, bits]),
      );
    },
  };
}
