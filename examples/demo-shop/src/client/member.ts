import { announceChange, readStored, writeStored } from './browser-store.ts';

export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

const place = 'yeolmae.member';
const namesPlace = 'yeolmae.names';

/** cyrb53, a 53-bit hash: the same email is the same member on every device, without a server. */
export function memberId(email: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const character of email.trim().toLowerCase()) {
    const code = character.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return `m_${(4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0')}`;
}

export function currentMember(): Member | undefined {
  const stored = readStored(place);
  return stored !== null && typeof stored === 'object' && 'id' in stored
    ? (stored as Member)
    : undefined;
}

function knownNames(): Record<string, string> {
  const stored = readStored(namesPlace);
  return stored !== null && typeof stored === 'object' ? (stored as Record<string, string>) : {};
}

/** Without a name, the one given at sign-up in this browser is used. */
export function enter(email: string, name?: string): Member {
  const id = memberId(email);
  const member = { id, email: email.trim(), name: name ?? knownNames()[id] ?? '' };
  writeStored(namesPlace, { ...knownNames(), [id]: member.name });
  writeStored(place, member);
  announceChange();
  return member;
}

export function leave(): void {
  writeStored(place, undefined);
  announceChange();
}
