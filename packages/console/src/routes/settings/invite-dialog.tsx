import { type Role, roles } from '@tenth/model/permission.ts';
import { useState } from 'react';
import { useInviteUser } from '../../api/use-users.ts';
import { failureText } from '../../frame/failure-text.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Secret } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Lives from opening to closing, and with it the link that is shown once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const messages = useMessages();
  const { users: words, action } = messages;
  const invite = useInviteUser();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('marketer');
  if (invite.data !== undefined) {
    return <LinkDialog path={invite.data.path} onClose={onClose} />;
  }
  return (
    <Dialog title={words.inviteTitle} isOpen closeLabel={action.close} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ email: email.trim(), role });
        }}
      >
        <Stack>
          {invite.error === null ? null : (
            <Notice tone="bad">{failureText(invite.error, messages)}</Notice>
          )}
          <TextField label={words.email} value={email} onChange={setEmail} />
          <SelectField
            label={words.role}
            value={role}
            choices={roles.map((one) => ({ value: one, label: words.roles[one] }))}
            onChange={(next) => setRole(roles.find((one) => one === next) ?? 'analyst')}
          />
          <Muted>{words.roleHints[role]}</Muted>
          <Row>
            <Button kind="primary" type="submit" isBusy={invite.isPending}>
              {words.invite}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

/** @param path Where the link leads, on this server. */
export function LinkDialog({
  path,
  onClose,
}: {
  readonly path: string;
  readonly onClose: () => void;
}) {
  const { users: words, action } = useMessages();
  return (
    <Dialog title={words.linkTitle} isOpen closeLabel={action.close} onClose={onClose}>
      <Stack>
        <Notice tone="warn">{words.linkOnce}</Notice>
        <Secret
          label={words.link}
          text={new URL(path, window.location.origin).href}
          copy={action.copy}
          copied={action.copied}
        />
        <Row>
          <Button kind="primary" onClick={onClose}>
            {action.close}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  );
}
