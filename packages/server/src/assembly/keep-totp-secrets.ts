import type { PostgresConnection } from '../stores/postgres/connection.ts';
import type { Seal } from '../stores/postgres/seal.ts';
import { countTotpSecrets, sealTotpSecrets } from '../stores/postgres/totp-secrets.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Seals what was stored before there was this key, and tells of what the present one does not open. */
export async function keepTotpSecrets(
  postgres: PostgresConnection,
  seal: Seal,
  logger: Logger,
): Promise<void> {
  await sealTotpSecrets(postgres, seal);
  const { unreadable } = await countTotpSecrets(postgres, seal);
  if (unreadable > 0) {
    logger.error(
      { users: unreadable, setting: 'TENTH_SECRET_KEY' },
      'sign-in.totp.sealed-with-another-key',
    );
  }
}
