import type { ApiKey } from '@tenth/model/api-key.ts';
import { ApiError } from '../../api/api-error.ts';
import { useRotateKey } from '../../api/use-keys.ts';
import { problemText } from '../../frame/problem-text.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SecretView } from './secret-view.tsx';

/** Lives from opening to closing, and with it the secret that is shown once. */
export function RotateKeyDialog({
  asked,
  onClose,
}: {
  readonly asked: ApiKey;
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  const { settings, action } = messages;
  const rotate = useRotateKey();
  return (
    <Dialog
      title={rotate.data === undefined ? settings.rotateTitle : settings.rotatedTitle}
      isOpen
      closeLabel={action.close}
      onClose={onClose}
    >
      {rotate.data === undefined ? (
        <Stack>
          {rotate.error === null ? null : (
            <Notice tone="bad">
              {rotate.error instanceof ApiError
                ? problemText(rotate.error.problem, messages)
                : rotate.error.message}
            </Notice>
          )}
          <Muted>{settings.rotateBody(asked.name)}</Muted>
          <Row>
            <Button
              kind="primary"
              isBusy={rotate.isPending}
              onClick={() => rotate.mutate(asked.id)}
            >
              {settings.rotate}
            </Button>
            <Button onClick={onClose}>{action.cancel}</Button>
          </Row>
        </Stack>
      ) : (
        <SecretView secret={rotate.data.secret} onClose={onClose} />
      )}
    </Dialog>
  );
}
