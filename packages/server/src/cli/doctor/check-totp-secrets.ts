import type { PostgresConnection } from '../../stores/postgres/connection.ts';
import type { SealKeys } from '../../stores/postgres/seal.ts';
import { countTotpSecrets, totpSeal } from '../../stores/postgres/totp-secrets.ts';
import type { Finding } from './finding.ts';

/** Whether the secrets of authenticator apps are encrypted, and with the present key. */
export async function checkTotpSecrets(
  postgres: PostgresConnection,
  keys: SealKeys,
): Promise<Finding> {
  const check = 'sign_in.totp_secrets';
  const { plain, previous, readable, unreadable } = await countTotpSecrets(
    postgres,
    totpSeal(keys),
  );
  if (unreadable > 0) {
    const what = `the authenticator apps of ${unreadable} users are encrypted with another TENTH_SECRET_KEY; set that one, or let them in with recovery codes or a new link`;
    return { check, state: 'bad', what };
  }
  if (keys.present === undefined) {
    const what = `without TENTH_SECRET_KEY the secrets of authenticator apps (${plain} now) are stored as they are`;
    return { check, state: 'warning', what };
  }
  if (previous > 0) {
    const what = `the secrets of ${previous} authenticator apps are encrypted with TENTH_PREVIOUS_SECRET_KEY; the next start encrypts them with TENTH_SECRET_KEY, and only then can the previous one go`;
    return { check, state: 'warning', what };
  }
  return plain > 0
    ? {
        check,
        state: 'warning',
        what: `the secrets of ${plain} authenticator apps are stored as they are; the next start encrypts them`,
      }
    : { check, state: 'ok', what: `the secrets of ${readable} authenticator apps are encrypted` };
}
