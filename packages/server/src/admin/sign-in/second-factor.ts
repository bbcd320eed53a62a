import { randomBytes } from 'node:crypto';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import { hashSecret } from '../secrets.ts';
import type { StoredTotp, StoredUser, UserStore } from './ports.ts';
import { stepOfCode } from './totp.ts';

const RECOVERY_CODES = 10;

/** Codes for the day the phone is lost, each good once: 80 bits, so that a fast hash will do. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const hex = randomBytes(10).toString('hex');
    return hex.match(/.{5}/g)?.join('-') ?? hex;
  });
}

export function hashRecoveryCode(code: string): string {
  return hashSecret(code.toLowerCase().replaceAll(/[^0-9a-f]/g, ''));
}

/**
 * Asks for the second factor of who has one. A code is good once, also where it comes twice at one time.
 *
 * @throws {Problem} code-needed, code-wrong
 */
export async function requireSecondFactor(
  { id, totp }: StoredUser,
  given: { readonly code: string | undefined; readonly now: number },
  { store, workspaceId }: { readonly store: UserStore; readonly workspaceId: WorkspaceId },
): Promise<void> {
  if (totp === undefined) {
    return;
  }
  if (given.code === undefined || given.code === '') {
    throw new Problem('code-needed', 'Give the code that the app shows.', 'code');
  }
  const after = spend(totp, given.code, given.now);
  if (after === undefined || !(await store.spendCode(workspaceId, id, { before: totp, after }))) {
    throw new Problem(
      'code-wrong',
      'Give the code that the app shows now, or a recovery code.',
      'code',
    );
  }
}

/** What is left to be used after this code; undefined where it is none. */
function spend(totp: StoredTotp, code: string, now: number): StoredTotp | undefined {
  const step =
    totp.secret === undefined
      ? undefined
      : stepOfCode(totp.secret, code, { now, after: totp.lastStep });
  if (step !== undefined) {
    return { ...totp, lastStep: step };
  }
  const spent = hashRecoveryCode(code);
  return totp.recoveryHashes.includes(spent)
    ? { ...totp, recoveryHashes: totp.recoveryHashes.filter((hash) => hash !== spent) }
    : undefined;
}
