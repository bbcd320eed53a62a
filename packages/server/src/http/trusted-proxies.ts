import ipaddr from 'ipaddr.js';

/** @param hop How many have handed the request on before this one reached us; 0 for who connects. */
export type IsTrustedProxy = (address: string, hop: number) => boolean;

/**
 * Whose `X-Forwarded-` headers are believed.
 *
 * @param trusted Nobody's; those of whoever connects, and nobody behind; or those of these addresses and networks.
 * @returns false for nobody: nothing has to be asked a request then.
 */
export function trustedProxies(trusted: boolean | readonly string[]): IsTrustedProxy | false {
  if (trusted === false) {
    return false;
  }
  if (trusted === true) {
    // A proxy appends who came to it. What stands before that, the client has written.
    return (_address, hop) => hop < 1;
  }
  const networks = trusted.map(networkOf);
  return (text) => {
    if (!ipaddr.isValid(text)) {
      return false;
    }
    // A socket of both families has IPv4 peers as ::ffff:10.0.0.5.
    const address = ipaddr.process(text);
    return networks.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
  };
}

function networkOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (entry.includes('/')) {
    return ipaddr.parseCIDR(entry);
  }
  const address = ipaddr.process(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
