import { Problem } from '@tenth/model/problem.ts';

/** Signs put behind a word to make a password of it. */
const AFFIX = /^[\d\W_]+|[\d\W_]+$/g;
/** A word is at least so long, or every password would be one with something behind. */
const LEAST_WORD = 4;

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * Refuses what an attacker tries first: a password among the 49,000 commonest, also with figures and signs
 * before and behind it; the own address; one sign over and over, or a row of neighbours.
 *
 * @param field Where it was given.
 * @throws {Problem} password-weak
 * @source ASVS 5.0, 6.2.4 and 6.2.11; the list is zxcvbn's.
 */
export async function requireStrong(
  password: string,
  { email, field }: { readonly email: string; readonly field: string },
): Promise<void> {
  const folded = password.normalize('NFKC').toLowerCase();
  const bare = folded.replaceAll(AFFIX, '');
  common ??= readCommon();
  const words = await common;
  const [name = ''] = email.split('@');
  if (
    words.has(folded) ||
    (bare.length >= LEAST_WORD && bare.length < folded.length && words.has(bare)) ||
    (name.length >= LEAST_WORD && folded.includes(name)) ||
    isRow(folded)
  ) {
    throw new Problem(
      'password-weak',
      'Use something longer and of your own: four words do.',
      field,
    );
  }
}

/** Read once it is needed: it takes a few megabytes. */
async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}

/** `aaaaaaaaaa`, `1234567890`, `abababab…`: few steps from one sign to the next. */
function isRow(text: string): boolean {
  const signs = [...text];
  const steps = signs
    .slice(1)
    .map((sign, at) => (sign.codePointAt(0) ?? 0) - (signs[at]?.codePointAt(0) ?? 0));
  return new Set(signs).size <= 3 || new Set(steps).size <= 2;
}
