import { useState } from 'react';
import { useConfirmTotp, useRemoveTotp, useStartTotp } from '../../api/use-account.ts';
import { useSelf } from '../../api/use-session.ts';
import { failureText } from '../../frame/failure-text.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { Secret } from '../../ui/code.tsx';
import { PasswordField, TextField } from '../../ui/fields.tsx';
import { Mono, Muted, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toaster.tsx';

/** Codes of an authenticator app: off, being set up, or on. */
export function TotpCard() {
  const { account: words } = useMessages();
  const self = useSelf();
  // Held here, since the forms below give way to each other as soon as the session says so, and what
  // came back would go with them.
  const confirm = useConfirmTotp();
  const remove = useRemoveTotp();
  const codes = confirm.data?.recoveryCodes;
  return (
    <Card title={words.totp}>
      <Stack>
        {codes === undefined ? null : <RecoveryCodes codes={codes} />}
        {self?.hasTotp === true || codes !== undefined ? (
          <TurnOff remove={remove} onDone={confirm.reset} />
        ) : (
          <SetUp confirm={confirm} />
        )}
      </Stack>
    </Card>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const { account: words } = useMessages();
  return (
    <Stack gap={6}>
      <Notice tone="warn">{words.recoveryOnce}</Notice>
      <ul aria-label={words.recovery}>
        {codes.map((code) => (
          <li key={code}>
            <Mono>{code}</Mono>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function SetUp({ confirm }: { readonly confirm: ReturnType<typeof useConfirmTotp> }) {
  const messages = useMessages();
  const { account: words, signIn, action } = messages;
  const start = useStartTotp();
  const [code, setCode] = useState('');
  const error = start.error ?? confirm.error;
  const { data } = start;
  return (
    <Stack>
      {error === null ? null : <Notice tone="bad">{failureText(error, messages)}</Notice>}
      {data === undefined ? (
        <>
          <Muted>{words.totpOff}</Muted>
          <Row>
            <Button kind="primary" isBusy={start.isPending} onClick={() => start.mutate()}>
              {words.start}
            </Button>
          </Row>
        </>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate({ secret: data.secret, code });
          }}
        >
          <Stack>
            <Muted>{words.scan}</Muted>
            <img
              alt={words.scan}
              width={200}
              height={200}
              src={`data:image/svg+xml,${encodeURIComponent(data.picture)}`}
            />
            <Secret
              label={words.secret}
              text={data.secret}
              copy={action.copy}
              copied={action.copied}
            />
            <TextField label={signIn.code} value={code} onChange={setCode} />
            <Row>
              <Button kind="primary" type="submit" isBusy={confirm.isPending}>
                {words.confirm}
              </Button>
            </Row>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

function TurnOff({
  remove,
  onDone,
}: {
  readonly remove: ReturnType<typeof useRemoveTotp>;
  readonly onDone: () => void;
}) {
  const messages = useMessages();
  const { account: words } = messages;
  const say = useToast();
  const [password, setPassword] = useState('');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate(password, {
          onSuccess: () => {
            say(words.stopped);
            onDone();
          },
        });
      }}
    >
      <Stack>
        {remove.error === null ? null : (
          <Notice tone="bad">{failureText(remove.error, messages)}</Notice>
        )}
        <Muted>{words.totpOn}</Muted>
        <PasswordField
          label={words.current}
          value={password}
          autoComplete="current-password"
          onChange={setPassword}
        />
        <Row>
          <Button type="submit" isBusy={remove.isPending}>
            {words.stop}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
