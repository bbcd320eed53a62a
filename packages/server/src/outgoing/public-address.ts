import ipaddr from 'ipaddr.js';

const globalUnicastV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is somebody's on the public internet: not of this machine, of a private or
 * link-local network, of a provider's inside (100.64.0.0/10), of cloud metadata, of multicast, nor an
 * IPv6 spelling that leads to an IPv4 address.
 *
 * @source IANA's registries of special-purpose addresses, as ipaddr.js has them.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.parse(address);
  return (
    parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicastV6))
  );
}
