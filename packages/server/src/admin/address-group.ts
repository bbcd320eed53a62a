import { isIPv6 } from 'node:net';

/**
 * What addresses are counted together: an IPv6 subscriber has a whole /64, an IPv4 one an address.
 *
 * @returns undefined for this machine's own: a proxy in front, behind which everybody is.
 */
export function addressGroup(address: string): string | undefined {
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  if (plain === '::1' || plain.startsWith('127.')) {
    return undefined;
  }
  return isIPv6(plain) ? firstHalf(plain) : plain;
}

/** The first four of eight groups, also where `::` stands for some of them. */
function firstHalf(address: string): string {
  const [left = '', right] = address.split('::');
  const head = groupsOf(left);
  const tail = groupsOf(right ?? '');
  const zeros = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const all = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function groupsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':');
}
