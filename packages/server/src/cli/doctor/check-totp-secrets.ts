import type { PostgresConnection } from '../../stores/postgres/connection.ts';
import { countTotpSecrets, totpSeal } from '../../stores/postgres/totp-secrets.ts';
import type { Finding } from './finding.ts';

/** Whether the secrets of authenticator apps are encrypted, and with the present key. */
export async function checkTotpSecrets(
  postgres: PostgresConnection,
  secretKey: string | undefined,
): Promise<Finding> {
  const check = 'sign_in.totp_secrets';
  const { plain, readable, unreadable } = await countTotpSecrets(postgres, totpSeal(secretKey));
  if (unreadable > 0) {
    const what = `the authenticator apps of ${unreadable} users are encrypted with another TENTH_SECRET_KEY; set that one, or let them in with recovery codes or a new link`;
    return { check, state: 'bad', what };
  }
  if (secretKey === undefined) {
    const what = `without TENTH_SECRET_KEY the secrets of authenticator apps (${plain} now) are stored as they are`;
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
