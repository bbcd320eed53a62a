import { isIP } from 'node:net';
import { z } from 'zod';

/** Nobody, whoever connects, or these addresses and networks: `10.0.0.5`, `10.1.0.0/16`. */
export type TrustedProxies = boolean | readonly string[];

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** `true`, `false`, or addresses and networks with commas between. */
export const trustedProxies = z
  .string()
  .default('false')
  .transform((text, context): TrustedProxies => {
    const word = words.get(text.trim());
    if (word !== undefined) {
      return word;
    }
    const entries = text.split(',').map((entry) => entry.trim());
    if (!entries.every(isAddressOrNetwork)) {
      context.addIssue({
        code: 'custom',
        message: 'give true, false, or addresses and networks such as 10.0.0.5,10.1.0.0/16',
      });
    }
    return entries;
  });

/** Not `/0`: that is everybody, who can then be anybody. */
function isAddressOrNetwork(entry: string): boolean {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || address.includes('%')) {
    return false;
  }
  return bits === undefined || (Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128));
}
