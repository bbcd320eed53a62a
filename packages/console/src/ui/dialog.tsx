import { Drawer, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { Button } from './buttons.tsx';
import { Row, Stack } from './layout.tsx';

interface PanelProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Focus moves in, is kept in, and goes back to where it was. Escape closes. */
export function Dialog({ title, isOpen, closeLabel, onClose, children }: PanelProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={<strong>{title}</strong>}
      centered
      radius="lg"
      padding="lg"
      closeButtonProps={{ 'aria-label': closeLabel }}
    >
      {children}
    </Modal>
  );
}

/** Asks before something that cannot be taken back lightly. */
export function ConfirmDialog({
  title,
  body,
  isOpen,
  isBusy,
  confirm,
  cancel,
  onConfirm,
  onCancel,
}: {
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly confirm: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}) {
  return (
    <Dialog title={title} isOpen={isOpen} closeLabel={cancel} onClose={onCancel}>
      <Stack gap={20}>
        <p>{body}</p>
        <Row gap={8}>
          <Button kind="danger" isBusy={isBusy} onClick={onConfirm}>
            {confirm}
          </Button>
          <Button onClick={onCancel}>{cancel}</Button>
        </Row>
      </Stack>
    </Dialog>
  );
}

/** The navigation of a narrow screen. */
export function SidePanel({ title, isOpen, closeLabel, onClose, children }: PanelProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={288}
      closeButtonProps={{ 'aria-label': closeLabel }}
    >
      {children}
    </Drawer>
  );
}
