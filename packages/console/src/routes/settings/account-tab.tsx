import { Stack } from '../../ui/layout.tsx';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { TotpCard } from './totp-card.tsx';

/** What everybody sets for themselves. */
export function AccountTab() {
  return (
    <Stack>
      <PasswordCard />
      <TotpCard />
      <SessionsCard />
    </Stack>
  );
}
