import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Secret } from '../../ui/code.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A secret that is shown this once. */
export function SecretView({
  secret,
  onClose,
}: {
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  return (
    <Stack>
      <Notice tone="warn">{messages.settings.secretOnce}</Notice>
      <Secret
        label={messages.settings.secret}
        text={secret}
        copy={messages.action.copy}
        copied={messages.action.copied}
      />
      <Row>
        <Button kind="primary" onClick={onClose}>
          {messages.action.close}
        </Button>
      </Row>
    </Stack>
  );
}
