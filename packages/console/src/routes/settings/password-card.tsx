import { useState } from 'react';
import { useChangePassword } from '../../api/use-account.ts';
import { failureText } from '../../frame/failure-text.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Card } from '../../ui/card.tsx';
import { PasswordField } from '../../ui/fields.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toaster.tsx';

export function PasswordCard() {
  const messages = useMessages();
  const { account: words, signIn } = messages;
  const change = useChangePassword();
  const say = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  return (
    <Card title={words.password}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { current, next },
            {
              onSuccess: () => {
                say(words.changed);
                setCurrent('');
                setNext('');
              },
            },
          );
        }}
      >
        <Stack>
          {change.error === null ? null : (
            <Notice tone="bad">{failureText(change.error, messages)}</Notice>
          )}
          <PasswordField
            label={words.current}
            value={current}
            autoComplete="current-password"
            onChange={setCurrent}
          />
          <PasswordField
            label={words.next}
            description={signIn.passwordHint}
            value={next}
            autoComplete="new-password"
            onChange={setNext}
          />
          <Row>
            <Button kind="primary" type="submit" isBusy={change.isPending}>
              {words.change}
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}
