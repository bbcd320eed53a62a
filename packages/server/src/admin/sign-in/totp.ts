import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SECOND_MS } from '@tenth/model/time.ts';

const STEP_MS = 30 * SECOND_MS;
const DIGITS = 6;
/** 160 bits, as RFC 4226 recommends for SHA-1. */
const SECRET_BYTES = 20;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A secret for an authenticator app, in base 32. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(SECRET_BYTES));
}

/** What an app scans: Google's key URI format, which all of them read. */
export function totpUri(secret: string, { issuer, account }: { issuer: string; account: string }) {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/**
 * The step of time for which the code is right; one before and one after the present are taken, too, for
 * clocks that are off.
 *
 * @param after Codes up to this step were used.
 * @returns undefined where it is right for none.
 * @source RFC 6238 with SHA-1, 30 s and six digits.
 */
export function stepOfCode(
  secret: string,
  code: string,
  { now, after }: { readonly now: number; readonly after: number },
): number | undefined {
  const key = fromBase32(secret);
  const given = Buffer.from(code.replaceAll(/\s/g, ''));
  const present = Math.floor(now / STEP_MS);
  return [present - 1, present, present + 1].find(
    (step) => step > after && isEqual(given, Buffer.from(codeAt(key, step))),
  );
}

/** @source RFC 4226, 5.3 and 5.4 */
export function codeAt(key: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

function isEqual(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

export function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((sign) => Math.max(0, ALPHABET.indexOf(sign)).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
